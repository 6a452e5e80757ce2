using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs;

namespace Tradepost.Marketplace.Sales;

/// <summary>What is to be estimated.</summary>
public sealed record SalesOptions
{
    private const int LongestHorizon = 365;

    [Description("Days ahead to forecast, with commas between them.")]
    [RegularExpression(
        @"\d{1,3}(,\d{1,3})*",
        ErrorMessage = "expected are numbers of days with commas between them, such as 7,30",
        MatchTimeoutInMilliseconds = 1000
    )]
    public string Horizon { get; init; } = "7,30";

    [Description(
        "Where true sales come from: known (loaded ones), sold (the feature: units of the last 30 days), or the first of these that there is."
    )]
    public KnownTruth Truth { get; init; }

    [Description("Estimate as of this day, and know of nothing later; by default of everything.")]
    public DateOnly? Day { get; init; }

    [Description("Also write all estimates into this file: .csv or .csv.gz.")]
    [FilePath]
    public string? Out { get; init; }

    /// <summary>The horizons, each once, in order.</summary>
    /// <exception cref="JobFailedException">One is out of range.</exception>
    internal IReadOnlyList<int> Horizons()
    {
        int[] days = [.. Horizon.Split(',').Select(int.Parse).Distinct().Order()];
        return days[0] >= 1 && days[^1] <= LongestHorizon
            ? days
            : throw new JobFailedException(
                new Sentence($"{nameof(Horizon):argument} is {Horizon}; each number must be between 1 and {LongestHorizon}."),
                2
            );
    }
}
