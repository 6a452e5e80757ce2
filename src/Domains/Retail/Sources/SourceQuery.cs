using System.Globalization;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Sources;

/// <summary>The queries that read one of the shop's tables from a source, in the source's SQL.</summary>
internal sealed class SourceQuery(SourceTable table, SourceDialect dialect, TableMapping? mapping)
{
    /// <summary>Orders whose lines are compared together, because a line has no time of its own.</summary>
    private const int OrdersPerBlock = 1024;

    private Dictionary<string, SourceColumn> found = new(StringComparer.OrdinalIgnoreCase);
    private string? isKeyed;

    /// <summary>
    /// What the source says of its columns, once it has been asked: what is never null costs less, and not every type is a key.
    /// </summary>
    public void Know(IReadOnlyList<SourceColumn> columns)
    {
        found = columns
            .DistinctBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        Shape = InUtc();
        isKeyed = found.TryGetValue(table.Unit, out var unit) ? dialect.IsKey(dialect.Name(table.Unit), unit) : null;
    }

    /// <summary>The columns whose times have no zone at the source.</summary>
    public IEnumerable<string> WithoutZone => found.Values.Where(dialect.HasNoZone).Select(column => $"{table.Name}.{column.Name}");

    /// <summary>What makes the rows' hashes from what is stored of them; null where the source's have to do.</summary>
    public StoredRowHash? StoredHash => dialect.StoredHash(table.Columns, found);

    /// <summary>False when a mapping says that the source has no such rows.</summary>
    public bool IsPresent => mapping is null || mapping.From is { Length: > 0 };

    /// <summary>The table in our shape and nothing more: the columns that <see cref="SourceTable.Columns"/> lists.</summary>
    public string Shape { get; private set; } = ShapeOf(table, dialect, mapping);

    /// <summary>The rows without any column, to find whether a source refuses where they come from.</summary>
    public string Presence => $"SELECT 1 AS present FROM {mapping?.From}{WhereOf(mapping)}";

    /// <summary>Where the mapping says that the rows come from.</summary>
    public string? From => mapping?.From;

    /// <summary>One of our columns alone, to find which of them a source refuses.</summary>
    public string ShapeOf(Column column) => ShapeOf(table with { Columns = [column] }, dialect, mapping);

    /// <summary>What the mapping says of a column.</summary>
    public string? ExpressionOf(Column column) => mapping?.Columns.GetValueOrDefault(column.Name);

    /// <summary>The source's own table with whatever columns it has.</summary>
    public string AllColumns => $"SELECT * FROM {dialect.Name(table.Name)}";

    /// <summary>All rows with bucket and hash, or those with a key that a condition on our columns picks.</summary>
    public SourceRows Rows(string? condition = null) => RowsWhere(condition is null ? null : And(condition, isKeyed));

    /// <summary>
    /// The rows whose unit is empty or cannot be read: nothing can be compared or replaced by it, so they are no part of the sums
    /// and are read in every run. Null where the source rules such rows out.
    /// </summary>
    public SourceRows? RowsWithoutUnit => isKeyed is null ? null : RowsWhere($"NOT ({isKeyed})");

    private SourceRows RowsWhere(string? condition)
    {
        var doubtful = table.Columns.Where(column => Converted(column) is not null).ToList();
        var problems = doubtful.Select(column =>
            $"SELECT {string.Join(", ", table.Columns.Where(c => table.Key.Contains(c.Name)).Select(Value))}, {Hash} AS row_hash, "
            + $"'{column.Name}' AS name, CAST({dialect.Name(column.Name)} AS VARCHAR) AS value "
            + $"FROM ({Shape}) s{Where(And(condition, $"{dialect.Name(column.Name)} IS NOT NULL AND {Converted(column)} IS NULL"))}"
        );
        return new SourceRows(
            $"SELECT {string.Join(", ", table.Columns.Select(Value))}, {Bucket} AS bucket, {Hash} AS row_hash FROM ({Shape}) "
                + $"s{Where(condition)}",
            doubtful.Count == 0 ? null : string.Join(" UNION ALL ", problems)
        );
    }

    private string InUtc()
    {
        var columns = table
            .Columns.Select(column =>
                (
                    Name: dialect.Name(column.Name),
                    Converted: found.TryGetValue(column.Name, out var source) ? dialect.InUtc(dialect.Name(column.Name), source) : null
                )
            )
            .ToList();
        return columns.Exists(column => column.Converted is not null)
            ? $"SELECT {string.Join(", ", columns.Select(column => column.Converted is null ? column.Name : $"{column.Converted} AS {column.Name}"))} FROM ({Shape}) local"
            : Shape;
    }

    private string Value(Column column) =>
        Converted(column) is { } converted ? $"{converted} AS {dialect.Name(column.Name)}" : dialect.Name(column.Name);

    private string? Converted(Column column) =>
        found.TryGetValue(column.Name, out var source) ? dialect.Converted($"s.{dialect.Name(column.Name)}", column, source) : null;

    /// <summary>How many rows a bucket may have for the quick sums to be exact.</summary>
    public long SummedExactly => dialect.SummedExactly;

    /// <summary>Rows, money and hash by bucket; quick sums are exact for buckets of up to <see cref="SummedExactly"/> rows.</summary>
    public string Buckets(string? condition, bool quick) =>
        $"SELECT {Bucket} AS bucket, COUNT(*) AS n, CAST({Money} AS DECIMAL(18,2)) AS money, "
        + $"{(quick ? dialect.SumOfHashes(Hash) : HashSum)} AS hash FROM ({Shape}) s{Where(And(condition, isKeyed))} GROUP BY 1";

    /// <summary>Rows, money and hash by unit in some buckets.</summary>
    public string Units(IEnumerable<int> buckets, string? condition = null) =>
        $"SELECT {Unit} AS unit, {Bucket} AS bucket, COUNT(*) AS n, CAST({Money} AS DECIMAL(18,2)) AS money, {HashSum} AS hash FROM "
        + $"({Shape}) s"
        + $"{Where(And(And(condition, isKeyed), $"{Bucket} IN ({Numbers(buckets)})"))} GROUP BY 1, 2";

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
                // One of the two is not null.
                _ => And($"{time} >= {dialect.Time(from!.Value)}", to is { } t ? $"{time} < {dialect.Time(t)}" : null),
            };
        }

        return parent is null
            ? null
            : $"{Unit} IN (SELECT {dialect.Name("id")} FROM ({parent.Shape}) p WHERE {parent.ChangedWithin(from, to, parent: null)})";
    }

    public string UnitsIn(IEnumerable<long> units) => UnitsOf(Numbers(units));

    /// <summary>The condition for units that a list or a subquery names.</summary>
    public string UnitsOf(string units) => $"{Unit} IN ({units})";

    private string Unit => Converted(table.Columns[0]) ?? dialect.Name(table.Unit);

    private string Bucket =>
        table switch
        {
            { UpdatedAt: { } column } => dialect.DayOf(Converted(table.Columns.Single(c => c.Name == column)) ?? dialect.Name(column)),
            { Parent: not null } when isKeyed is not null => $"CASE WHEN {isKeyed} THEN {dialect.BlockOf(Unit, OrdersPerBlock)} ELSE 0 END",
            { Parent: not null } => dialect.BlockOf(Unit, OrdersPerBlock),
            _ => "0",
        };

    private string Hash => dialect.RowHash(table.Columns, found);

    private string HashSum => dialect.AsBigInt($"SUM({Hash})");

    private string Money =>
        table.Money is { } column
            ? $"COALESCE(SUM({Converted(table.Columns.Single(c => c.Name == column)) ?? dialect.Name(column)}), 0)"
            : "0";

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
        return $"SELECT {string.Join(", ", columns)} FROM {mapping.From}{WhereOf(mapping)}";
    }

    private static string WhereOf(TableMapping? mapping) => mapping?.Where is { Length: > 0 } condition ? $" WHERE {condition}" : "";

    private static string Where(string? condition) => condition is null ? "" : $" WHERE {condition}";

    private static string? And(string? left, string? right) =>
        (left, right) switch
        {
            (null, _) => right,
            (_, null) => left,
            _ => $"{left} AND {right}",
        };

    private static string Numbers<T>(IEnumerable<T> numbers)
        where T : IFormattable => string.Join(',', numbers.Select(n => n.ToString(null, CultureInfo.InvariantCulture)));
}
