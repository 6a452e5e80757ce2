using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs.Rights;

namespace Tradepost.Retail.Etl;

/// <summary>How the ETL is to run.</summary>
public sealed record EtlOptions
{
    private const double UsualDeletes = 10;

    [Description("full reads everything; incremental what changed since the last run, or within an interval.")]
    public EtlMode Mode { get; init; } = EtlMode.Incremental;

    [Description("Read what changed in the last days, by the sources' clock.")]
    [Range(1, 36500)]
    public int? Days { get; init; }

    [Description("Read what changed from this day on.")]
    public DateTime? StartDate { get; init; }

    [Description("Read what changed before this day.")]
    public DateTime? EndDate { get; init; }

    [Description("Percent of a table's rows that may be missing from a source before the run is stopped.")]
    [Range(0.0, 100.0)]
    [Reserved(AskerRole.Admin, UpTo = UsualDeletes)]
    public double MaxDeletes { get; init; } = UsualDeletes;

    [Description("Rows that may break a rule before the run is stopped; by default any number.")]
    [Range(0L, long.MaxValue)]
    public long? MaxRejects { get; init; }

    [Description(
        "Percent of a table's rows that may break a rule before the run is stopped, in tables of 100 rows or more. Below 100, a table of "
            + "which nothing is kept stops it as well."
    )]
    [Range(0.0, 100.0)]
    public double MaxRejectShare { get; init; } = 90;

    [Description("Rebuild versions and facts from this moment on, and nothing before it.")]
    public DateTime? RestateFrom { get; init; }

    [Description("A mapping file (YAML) from another shop's tables to ours.")]
    [FilePath]
    public string? Mapping { get; init; }

    [Description("How far before the watermark an incremental run reads again.")]
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(10);

    [Description("How far behind the sources' clock the watermark stays.")]
    [Range(typeof(TimeSpan), "00:00:00", "366.00:00:00")]
    public TimeSpan SafetyMargin { get; init; } = TimeSpan.FromSeconds(30);
}
