using System.Globalization;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Sources;

/// <summary>The queries that read one of the shop's tables from a source, in the source's SQL.</summary>
internal sealed class SourceQuery(SourceTable table, SourceDialect dialect, TableMapping? mapping)
{
    /// <summary>Orders whose lines are compared together, because a line has no time of its own.</summary>
    private const int OrdersPerBlock = 1024;

    /// <summary>The columns in which the source allows no nulls, once it has been asked: their hash is cheaper.</summary>
    public IReadOnlySet<string> NeverNull { get; set; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>False when a mapping says that the source has no such rows.</summary>
    public bool IsPresent => mapping is null || mapping.From is { Length: > 0 };

    /// <summary>The table in our shape and nothing more: the columns that <see cref="SourceTable.Columns"/> lists.</summary>
    public string Shape { get; } = ShapeOf(table, dialect, mapping);

    /// <summary>The source's own table with whatever columns it has.</summary>
    public string AllColumns => $"SELECT * FROM {dialect.Name(table.Name)}";

    /// <summary>All rows with bucket and hash, or those that a condition on our columns picks.</summary>
    public string Rows(string? condition = null) =>
        $"SELECT {string.Join(", ", table.Columns.Select(c => dialect.Name(c.Name)))}, {Bucket} AS bucket, {Hash} AS row_hash "
        + $"FROM ({Shape}) s{Where(condition)}";

    /// <summary>How many rows a bucket may have for the quick sums to be exact.</summary>
    public long SummedExactly => dialect.SummedExactly;

    /// <summary>Rows, money and hash by bucket; quick sums are exact for buckets of up to <see cref="SummedExactly"/> rows.</summary>
    public string Buckets(string? condition, bool quick) =>
        $"SELECT {Bucket} AS bucket, COUNT(*) AS n, CAST({Money} AS DECIMAL(18,2)) AS money, {(quick ? dialect.SumOfHashes(Hash) : HashSum)} AS hash FROM ({Shape}) s{Where(condition)} GROUP BY 1";

    /// <summary>Rows, money and hash by unit in some buckets.</summary>
    public string Units(IEnumerable<int> buckets, string? condition = null) =>
        $"SELECT {Unit} AS unit, {Bucket} AS bucket, COUNT(*) AS n, CAST({Money} AS DECIMAL(18,2)) AS money, {HashSum} AS hash FROM ({Shape}) s"
        + $"{Where(And(condition, $"{Bucket} IN ({Numbers(buckets)})"))} GROUP BY 1, 2";

    /// <summary>The condition for what changed in a half-open interval; open ends are allowed. Null: everything.</summary>
    public string? ChangedWithin(DateTime? from, DateTime? to, SourceQuery? parent)
    {
        if (from is null && to is null)
        {
            return null;
        }

        if (table.UpdatedAt is { } column)
        {
            var time = dialect.Name(column);
            return (from, to) switch
            {
                // A row without a time counts as one of 1970: see DayOf.
                (null, { } t) => $"({time} < {dialect.Time(t)} OR {time} IS NULL)",
                _ => And($"{time} >= {dialect.Time(from!.Value)}", to is { } t ? $"{time} < {dialect.Time(t)}" : null), // one of the two is not null
            };
        }

        return parent is null ? null : $"{Unit} IN (SELECT {dialect.Name("id")} FROM ({parent.Shape}) p WHERE {parent.ChangedWithin(from, to, parent: null)})";
    }

    public string UnitsIn(IEnumerable<long> units) => UnitsOf(Numbers(units));

    /// <summary>The condition for units that a list or a subquery names.</summary>
    public string UnitsOf(string units) => $"{Unit} IN ({units})";

    private string Unit => dialect.Name(table.Unit);

    private string Bucket => table switch
    {
        { UpdatedAt: { } column } => dialect.DayOf(dialect.Name(column)),
        { Parent: not null } => dialect.BlockOf(Unit, OrdersPerBlock),
        _ => "0",
    };

    private string Hash => dialect.RowHash(table.Columns.Select(c => (dialect.Name(c.Name), !NeverNull.Contains(c.Name))));

    private string HashSum => dialect.AsBigInt($"SUM({Hash})");

    private string Money => table.Money is { } column ? $"COALESCE(SUM({dialect.Name(column)}), 0)" : "0";

    private static string ShapeOf(SourceTable table, SourceDialect dialect, TableMapping? mapping)
    {
        if (mapping is null)
        {
            return $"SELECT {string.Join(", ", table.Columns.Select(c => dialect.Name(c.Name)))} FROM {dialect.Name(table.Name)}";
        }

        if (mapping.From is not { Length: > 0 })
        {
            return "";
        }

        var columns = table.Columns.Select(c => $"{mapping.Columns[c.Name]} AS {dialect.Name(c.Name)}");
        var where = mapping.Where is { Length: > 0 } condition ? $" WHERE {condition}" : "";
        return $"SELECT {string.Join(", ", columns)} FROM {mapping.From}{where}";
    }

    private static string Where(string? condition) => condition is null ? "" : $" WHERE {condition}";

    private static string? And(string? left, string? right) => (left, right) switch
    {
        (null, _) => right,
        (_, null) => left,
        _ => $"{left} AND {right}",
    };

    private static string Numbers<T>(IEnumerable<T> numbers) where T : IFormattable =>
        string.Join(',', numbers.Select(n => n.ToString(null, CultureInfo.InvariantCulture)));
}
