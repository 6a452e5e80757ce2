using Tradepost.Storage.Tables;

namespace Tradepost.Streams.Drains;

/// <summary>A table that records of a log become rows of, and how the places that are no store have it. Immutable.</summary>
/// <param name="Name">In every store.</param>
/// <param name="Columns">Texts, booleans, whole numbers of 64 bits, doubles and decimals; those that only events have come last.</param>
public sealed record LogTable(string Name, IReadOnlyList<Column> Columns)
{
    /// <summary>How many of the columns stores and files have: the first ones. All of them by default.</summary>
    public int StoredColumns { get; init; } = Columns.Count;

    /// <summary>The topic that its rows are published to.</summary>
    public required string Topic { get; init; }

    /// <summary>The index of the column whose value is the key of an event: events of one key stay in order.</summary>
    public required int KeyColumn { get; init; }

    /// <summary>The fields of an event in their order; all columns in theirs by default.</summary>
    public IReadOnlyList<string> EventFields { get; init; } = [.. Columns.Select(column => column.Name)];

    /// <summary>The index of the column with the moment of a row, in microseconds since 1970, by which days are told apart.</summary>
    public required int TimeColumn { get; init; }

    /// <summary>
    /// The index of the column with the moment at which a row arrived, in microseconds since 1970; null where its way is not measured.
    /// </summary>
    public int? ArrivalColumn { get; init; }

    /// <summary>The indexes of the columns that are nullable on ClickHouse.</summary>
    public IReadOnlySet<int> NullableColumns { get; init; } = new HashSet<int>();

    /// <summary>How its rows are parted into files.</summary>
    public required FileLayout Files { get; init; }

    /// <summary>The columns that stores and files have.</summary>
    public IEnumerable<Column> Stored => Columns.Take(StoredColumns);
}
