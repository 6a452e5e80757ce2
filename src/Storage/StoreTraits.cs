namespace Tradepost.Storage;

/// <summary>What a store can do and how it is best used, in the words of who asks. Every store answers all of it.</summary>
public sealed record StoreTraits
{
    /// <summary>
    /// Whether other processes use it at the same time, hear of each other's news and wait for each other's rows; else writers take turns.
    /// </summary>
    public required bool IsShared { get; init; }

    /// <summary>Whether its statements take this process's memory, so that large ones are cut into slices.</summary>
    public required bool UsesOurMemory { get; init; }

    /// <summary>How many reads at once make all of them fastest.</summary>
    public required int ReadsAtOnce { get; init; }

    /// <summary>Rows, about, after which a long load commits.</summary>
    public required int RowsPerCommit { get; init; }

    /// <summary>Whether its COPY writes Parquet files on this machine.</summary>
    public required bool WritesParquet { get; init; }

    /// <summary>Whether a table can have partitions by ranges of a column (<see cref="Dialects.Dialect.CreatePartition"/>).</summary>
    public required bool HasPartitions { get; init; }

    /// <summary>Whether few rows of a large table are found by an index rather than by a scan.</summary>
    public required bool UsesIndexes { get; init; }

    /// <summary>Whether INSERT … SELECT works on one core where CREATE TABLE AS works on all.</summary>
    public required bool InsertsOnOneCore { get; init; }

    /// <summary>In how many ranges a sum by group over a whole large table is asked for, so that every core has one.</summary>
    public required int PartsOfLargeSum { get; init; }
}
