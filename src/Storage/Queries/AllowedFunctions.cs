namespace Tradepost.Storage.Queries;

/// <summary>The functions that a query may call, read from the list beside this file.</summary>
internal sealed class AllowedFunctions
{
    private const string Table = "table ";

    private readonly HashSet<string> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);

    private AllowedFunctions(string store)
    {
        using var stream = typeof(AllowedFunctions).Assembly.GetManifestResourceStream($"Queries/functions.{store}.txt")!; // built in
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith(Table, StringComparison.Ordinal))
            {
                tables.UnionWith(line[Table.Length..].Split(' '));
                values.UnionWith(tables);
            }
            else if (!line.StartsWith('#'))
            {
                values.UnionWith(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }
    }

    public static AllowedFunctions OfDuckDb { get; } = new("duckdb");

    public static AllowedFunctions OfPostgres { get; } = new("postgres");

    public IReadOnlyCollection<string> Values => values;

    public bool Has(string name) => values.Contains(name);

    /// <summary>Whether the function may stand behind FROM.</summary>
    public bool HasTable(string name) => tables.Contains(name);
}
