using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>A table that is loaded from CSV files: all that a load of it needs to know.</summary>
/// <param name="Name">The table in the store.</param>
/// <param name="Columns">What files bring; further columns of files are passed over, which is said.</param>
public sealed record FileTable(string Name, IReadOnlyList<FileColumn> Columns)
{
    /// <summary>The columns that identify a row: it takes the place of an earlier one. Empty: every row is another.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>What must hold between the values of a row.</summary>
    public IReadOnlyList<RowRule> Rules { get; init; } = [];

    internal Table Table => new(Name, [.. Columns.Select(column => column.Column)], Key);
}

/// <summary>Something that must hold of a row.</summary>
/// <param name="Name">In snake case, as rejects name it.</param>
/// <param name="Problem">What is wrong with a row that breaks it.</param>
/// <param name="Holds">Says it of a row of a batch, whose columns stand as the table's.</param>
public sealed record RowRule(string Name, string Problem, Func<RowBatch, int, bool> Holds);
