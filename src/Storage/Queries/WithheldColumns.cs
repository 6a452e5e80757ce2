namespace Tradepost.Storage.Queries;

/// <summary>Columns that whoever asks may not read, by table; the other columns of these tables he may.</summary>
public sealed class WithheldColumns
{
    private readonly Dictionary<string, HashSet<string>> tables = new(StringComparer.OrdinalIgnoreCase);

    public WithheldColumns(IEnumerable<(string Table, string Column)> columns)
    {
        foreach (var (table, column) in columns)
        {
            if (!tables.TryGetValue(table, out var of))
            {
                tables[table] = of = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            }

            of.Add(column);
        }
    }

    /// <summary>For those who may read everything that is open to queries.</summary>
    public static WithheldColumns None { get; } = new([]);

    public IReadOnlyCollection<string> Tables => tables.Keys;

    public bool Has(string table) => tables.ContainsKey(table);

    public bool Has(string table, string column) => tables.TryGetValue(table, out var of) && of.Contains(column);

    public IReadOnlyCollection<string> Of(string table) => tables.TryGetValue(table, out var of) ? of : [];

    internal QueryRefusedException Refusal(string table) =>
        new(
            $"{table} has columns about persons ({string.Join(", ", Of(table).Order(StringComparer.Ordinal))}) that only an "
                + "administrator may read; name the other columns instead of *, a whole row or other names for them."
        );
}
