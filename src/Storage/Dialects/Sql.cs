namespace Tradepost.Storage.Dialects;

/// <summary>The only way a name or a literal gets into SQL text. Values otherwise travel as parameters.</summary>
public static class Sql
{
    /// <summary>A quoted identifier.</summary>
    public static string Name(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A quoted table, whose name may stand behind that of its schema and a dot.</summary>
    public static string Table(string name) => string.Join('.', name.Split('.').Select(Name));

    public static string Tables(IEnumerable<string> names) => string.Join(", ", names.Select(Table));

    /// <summary>A comma-separated list of quoted identifiers, each behind a table alias when one is given.</summary>
    public static string Names(IEnumerable<string> identifiers, string? alias = null) =>
        string.Join(", ", identifiers.Select(name => alias is null ? Name(name) : $"{alias}.{Name(name)}"));

    /// <summary>A text literal, for the statements that take no parameters (DDL, ATTACH, SET).</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
