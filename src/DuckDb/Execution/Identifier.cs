namespace Tradepost.DuckDb.Execution;

/// <summary>The one place where a name becomes part of SQL.</summary>
internal static class Identifier
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
