using System.Reflection;
using Tradepost.Storage.Migrations;

namespace Tradepost.Retail.Generation;

/// <summary>The shop's DDL as schemas/generate writes it, statement by statement.</summary>
internal static class ShopSchema
{
    public const string DuckDb = "duckdb";
    public const string MySql = "mysql";

    /// <summary>What creates the tables, and what is better done once they are full: indexes, comments, foreign keys.</summary>
    public static (IReadOnlyList<string> Tables, IReadOnlyList<string> Later) Of(string database, string dialect)
    {
        var statements = Read(database, dialect);
        var isTable = statements.ToLookup(s => s.StartsWith("CREATE TABLE", StringComparison.Ordinal));
        return ([.. isTable[true]], [.. isTable[false]]);
    }

    private static IReadOnlyList<string> Read(string database, string dialect)
    {
        var name = $"Schemas/{database}.{dialect}.sql";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program holds no {name}; schemas/generate writes it.");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().ReplaceLineEndings("\n").Split('\n');
        return SqlStatements.Split(string.Join('\n', lines.Where(line => !line.StartsWith("--", StringComparison.Ordinal))));
    }
}
