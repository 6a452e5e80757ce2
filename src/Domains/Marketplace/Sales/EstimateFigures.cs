using System.Text.Json.Serialization;

namespace Tradepost.Marketplace.Sales;

/// <summary>How well estimates met what was sold.</summary>
public sealed record EstimateFigures
{
    /// <summary>The share of estimates that are at most a quarter too high, or as much too low (by a factor of 1.25).</summary>
    [JsonPropertyName("within_1_25")]
    public required double Within125 { get; init; }

    /// <summary>The same by a factor of 2.</summary>
    [JsonPropertyName("within_2")]
    public required double Within2 { get; init; }

    /// <summary>Mean pinball loss of the bounds of 10 and 90 % and the middle, in units; a baseline has one number for all three.</summary>
    public required double Pinball { get; init; }

    /// <summary>By how much the sum of the estimates is too high, as a share of what was sold.</summary>
    public required double Bias { get; init; }

    /// <summary>The share of what was sold that lies in the interval of 80 %; null for those without one.</summary>
    [JsonPropertyName("coverage_80")]
    public required double? Coverage80 { get; init; }

    /// <summary>The figures of some estimates; not numbers where there are none.</summary>
    internal static EstimateFigures Of(IReadOnlyCollection<JudgedCase> cases, Func<JudgedCase, double?> point, bool hasBounds = false)
    {
        var (count, quarter, twice, pinball, estimated, sold, covered) = (0, 0, 0, 0.0, 0.0, 0.0, 0);
        foreach (var one in cases)
        {
            if (point(one) is not { } estimate)
            {
                continue;
            }

            var (lower, upper) = hasBounds ? (one.Lower, one.Upper) : (estimate, estimate);
            count++;
            quarter += IsWithin(one.Units, estimate, 1.25) ? 1 : 0;
            twice += IsWithin(one.Units, estimate, 2) ? 1 : 0;
            pinball += (Loss(one.Units, lower, 0.1) + Loss(one.Units, estimate, 0.5) + Loss(one.Units, upper, 0.9)) / 3;
            (estimated, sold) = (estimated + estimate, sold + one.Units);
            covered += one.Units >= lower && one.Units <= upper ? 1 : 0;
        }

        return new EstimateFigures
        {
            Within125 = (double)quarter / count,
            Within2 = (double)twice / count,
            Pinball = pinball / count,
            Bias = (estimated / sold) - 1,
            Coverage80 = hasBounds ? (double)covered / count : null,
        };
    }

    /// <summary>Nothing sold is met by less than half a unit.</summary>
    private static bool IsWithin(double units, double estimate, double factor) =>
        units > 0 ? estimate >= units / factor && estimate <= units * factor : estimate < 0.5;

    private static double Loss(double units, double quantile, double probability) =>
        units >= quantile ? probability * (units - quantile) : (1 - probability) * (quantile - units);
}
