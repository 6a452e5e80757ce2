using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Predicting;

/// <summary>The worst of the live figures, for rules that raise alarms (<c>worst.error_ratio</c> and so on).</summary>
/// <param name="ErrorRatio">The greatest live error in units of that of the walk; null while too few outcomes are known.</param>
/// <param name="Coverage80">The least share within the interval; null while too few outcomes are known.</param>
/// <param name="Drift">The greatest distance of features from those of the training.</param>
public sealed record LiveWorst(double? ErrorRatio, [property: JsonPropertyName("coverage_80")] double? Coverage80, double? Drift)
{
    /// <summary>Fewer outcomes say nothing.</summary>
    public const int LeastKnown = 30;

    internal static LiveWorst Of(IReadOnlyList<LiveReturns> live)
    {
        var known = live.Where(one => one.Known >= LeastKnown).ToList();
        return new LiveWorst(known.Max(one => one.Rmse / one.RmseWalk), known.Min(one => one.Coverage80), live.Max(one => one.Drift));
    }
}
