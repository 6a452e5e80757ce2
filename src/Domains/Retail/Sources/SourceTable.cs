using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Sources;

/// <summary>
/// A table of the operational shop as the warehouse wants to see it: the shape that every source, mapped or not, is read in.
/// </summary>
internal sealed record SourceTable
{
    /// <summary>The service's database: auth, catalog, orders or payments.</summary>
    public required string Database { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    public required IReadOnlyList<string> Key { get; init; }

    /// <summary>The columns without which every row breaks a rule; the key is one of them.</summary>
    public IReadOnlyList<string> Required
    {
        get => required ?? Key;
        init => required = [.. Key, .. value];
    }

    private readonly IReadOnlyList<string>? required;

    /// <summary>When a row last changed, as far as the source says; null for small tables that are read whole every time.</summary>
    public string? UpdatedAt { get; init; }

    /// <summary>For a table without a time of its own: the table its rows belong to, by the first key column.</summary>
    public SourceTable? Parent { get; init; }

    /// <summary>The money that is summed when source and warehouse are compared.</summary>
    public string? Money { get; init; }

    /// <summary>The order that a row belongs to, where its unit is another one.</summary>
    public string? Order { get; init; }

    /// <summary>
    /// The column whose rows are replaced together: an order's lines are one unit. Buckets are compared first, units within
    /// the buckets that differ.
    /// </summary>
    public string Unit => Key[0];

    public bool IsReadWhole => UpdatedAt is null && Parent is null;

    public string Staging => $"stg_{Name}";

    /// <summary>Where a run collects what it extracted, before it is published.</summary>
    public string Landing => $"{Staging}_next";

    /// <summary>Where a run collects the units that its landing replaces.</summary>
    public string Replaced => $"{Staging}_units";

    /// <summary>Where a run collects what was staged of these units until now.</summary>
    public string Displaced => $"{Staging}_displaced";

    public Column Bucket { get; } = new("bucket", ColumnType.Integer, IsNullable: false);

    public Column RowHash { get; } = new("row_hash", ColumnType.BigInt, IsNullable: false);

    /// <summary>The columns of the staging table: the source's, and what the comparison needs.</summary>
    public IReadOnlyList<Column> StagingColumns => [.. Columns, Bucket, RowHash];

    /// <summary>What a run has to know of the staged rows that it replaces.</summary>
    public IReadOnlyList<Column> DisplacedColumns =>
        [.. Columns.Where(column => Key.Contains(column.Name) || column.Name == Money || column.Name == Order), Bucket, RowHash];
}
