namespace Tradepost.Retail.Etl;

/// <summary>How the ETL is to run.</summary>
public sealed record EtlOptions
{
    public EtlMode Mode { get; init; } = EtlMode.Incremental;

    /// <summary>Reads what changed in the last days, by the sources' clock.</summary>
    public int? Days { get; init; }

    public DateTime? StartDate { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTime? EndDate { get; init; }

    /// <summary>Percent of a table's rows that may be missing from the source before the run is stopped.</summary>
    public double MaxDeletes { get; init; } = 10;

    /// <summary>Rows that may break a rule before the run is stopped; null: any number.</summary>
    public long? MaxRejects { get; init; }

    /// <summary>Rebuilds versions and facts from this moment on, and nothing before it.</summary>
    public DateTime? RestateFrom { get; init; }

    /// <summary>A mapping file from another shop's tables to ours.</summary>
    public string? Mapping { get; init; }

    /// <summary>How far before the watermark an incremental run reads again.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far behind the sources' clock the watermark stays.</summary>
    public TimeSpan SafetyMargin { get; init; } = TimeSpan.FromSeconds(30);
}
