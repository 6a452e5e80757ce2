using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Retail.Sources;

namespace Tradepost.Retail.Etl;

/// <summary>What a run reads of each table: everything, an interval, or what changed since the last watermark.</summary>
internal sealed record RunPlan(EtlOptions Options, DateTime Clock, IReadOnlyDictionary<string, DateTime> Watermarks)
{
    /// <summary>When the run began, by this machine's clock.</summary>
    public required DateTime StartedAt { get; init; }

    /// <summary>
    /// Whether a staging table is empty though the warehouse has rows that came from it, as a crash of the server leaves them, or a damaged
    /// copy: then everything is read, whatever was asked for, because what is not staged would count as deleted.
    /// </summary>
    public bool IsStagingLost { get; init; }

    /// <summary>Whether an interval was asked for; such a run does not move the watermark.</summary>
    public bool IsInterval =>
        Options.Mode == EtlMode.Incremental && (Options.Days ?? 0) + (Options.StartDate is null && Options.EndDate is null ? 0 : 1) > 0;

    public DateTime? From =>
        Options switch
        {
            { Mode: EtlMode.Full } => null,
            { Days: { } days } => Clock.Date.AddDays(-days),
            { StartDate: { } start } => start,
            _ when IsInterval => null,
            _ => Watermarks.TryGetValue(Shop.Orders.Name, out var watermark) ? watermark - Options.Overlap : null,
        };

    public DateTime? To => IsInterval && Options.Days is null ? Options.EndDate : Clock - Options.SafetyMargin;

    /// <summary>The interval to read of a table, both ends open when all of it is read.</summary>
    public (DateTime? From, DateTime? To) IntervalOf(SourceTable table)
    {
        if (Options.Mode == EtlMode.Full || table.IsReadWhole || IsStagingLost)
        {
            return (null, null);
        }

        if (IsInterval)
        {
            return (From, Options.Days is null ? Options.EndDate : null);
        }

        var timed = table.Parent ?? table;
        return (Watermarks.TryGetValue(timed.Name, out var watermark) ? watermark - Options.Overlap : null, null);
    }

    /// <summary>No order may be younger: a day past the sources' clock.</summary>
    public DateTime LatestOrder => Clock.AddDays(1);

    /// <summary>
    /// What source and warehouse are compared on: everything, or the days that an interval touches. Sums are kept by day, so
    /// a day is compared whole even where the interval begins or ends within it.
    /// </summary>
    public (DateTime? From, DateTime? To) ComparedInterval =>
        IsInterval ? (From?.Date, Options is { Days: null, EndDate: { } end } ? end.AddDays(1).AddTicks(-1).Date : null) : (null, null);

    public BucketRange ComparedDays => BucketRange.Days(ComparedInterval.From, ComparedInterval.To);

    public static void Check(EtlOptions options)
    {
        if (options.Mode == EtlMode.Full && (options.Days ?? 0) > 0 | options.StartDate is not null | options.EndDate is not null)
        {
            throw new JobFailedException(
                new Sentence(
                    $"A full run reads everything: leave {nameof(EtlOptions.Days):argument}, {nameof(EtlOptions.StartDate):argument} and {nameof(EtlOptions.EndDate):argument} out, or use {nameof(EtlOptions.Mode):argument} incremental."
                ),
                2
            );
        }

        if (options.Days is not null && (options.StartDate ?? options.EndDate) is not null)
        {
            throw new JobFailedException(
                new Sentence(
                    $"Give either {nameof(EtlOptions.Days):argument} or {nameof(EtlOptions.StartDate):argument} and {nameof(EtlOptions.EndDate):argument}, not both."
                ),
                2
            );
        }

        if (options.Days is < 1)
        {
            throw new JobFailedException(new Sentence($"{nameof(EtlOptions.Days):argument} is {options.Days}, expected 1 or more."), 2);
        }

        if (options is { StartDate: { } start, EndDate: { } end } && end <= start)
        {
            throw new JobFailedException(
                $"The interval from {start:yyyy-MM-dd} to {end:yyyy-MM-dd} is empty: the end is exclusive and must lie after the start.",
                2
            );
        }

        if (
            options.RestateFrom is not null
            && (options.Mode == EtlMode.Full || options.Days is not null || options.StartDate is not null || options.EndDate is not null)
        )
        {
            throw new JobFailedException(
                new Sentence($"{nameof(EtlOptions.RestateFrom):argument} goes with an incremental run without an interval."),
                2
            );
        }
    }
}
