namespace Tradepost.Retail.Etl;

/// <summary>What a run of the ETL did.</summary>
public sealed record EtlResult
{
    public required string RunId { get; init; }

    public required string Status { get; init; }

    public required EtlMode Mode { get; init; }

    /// <summary>Start of the interval that was read; null: from the beginning.</summary>
    public required DateTime? From { get; init; }

    /// <summary>End of the interval, exclusive; for a run without one, the sources' clock less the safety margin.</summary>
    public required DateTime? To { get; init; }

    public required long RowsRead { get; init; }

    public required long RowsLoaded { get; init; }

    public required long Rejected { get; init; }

    public required long Deleted { get; init; }

    /// <summary>Rows that still differ between the sources and the warehouse after the run: 0, or the run has failed.</summary>
    public required long Differing { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The moment from which the next incremental run reads; null when no run has set one.</summary>
    public required DateTime? Watermark { get; init; }

    public required IReadOnlyDictionary<string, TableResult> Tables { get; init; }

    /// <summary>Seconds by step.</summary>
    public required IReadOnlyDictionary<string, double> Steps { get; init; }
}
