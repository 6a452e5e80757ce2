using System.Globalization;
using System.Text;

namespace Tradepost.Learning.Anomalies;

/// <summary>What a detector says about a row.</summary>
/// <param name="Time">The row's time.</param>
/// <param name="Value">Its value; NaN where missing.</param>
/// <param name="Score">0: nothing new; 1: like nothing seen before. From 0.5 on it is an anomaly. One anomaly reaches 0.5 once, when it
/// begins, and again only when it grows.</param>
/// <param name="Expected">The value that was expected; NaN before the first value.</param>
/// <param name="Lower">The lower end of the expected interval.</param>
/// <param name="Upper">The upper end of the expected interval.</param>
/// <param name="Season">What the expectation is taken from.</param>
/// <param name="Cause">What is the most unusual about the row; <see cref="Cause.None"/> when little is.</param>
/// <param name="IsMore">For level, jump, shift and variance: whether there is more, not less, than on average so far.</param>
/// <param name="AnomalyBegan">When the anomaly that this row continues was told; null for all other rows.</param>
/// <param name="Gap">The time since the row before where it is a multiple of the usual step; negative where time goes back, zero where a
/// time is repeated, else null.</param>
public readonly record struct Detection(
    DateTime Time,
    double Value,
    double Score,
    double Expected,
    double Lower,
    double Upper,
    Season Season,
    Cause Cause,
    bool IsMore,
    DateTime? AnomalyBegan,
    TimeSpan? Gap
)
{
    /// <summary>The score from which on a row is an anomaly.</summary>
    public const double AnomalyScore = 0.5;

    /// <summary>Whether an anomaly begins, or grows, at this row.</summary>
    public bool IsAnomaly => Score >= AnomalyScore;

    /// <summary>The reason in words; empty for an ordinary row.</summary>
    public string Reason
    {
        get
        {
            List<string> parts = [];
            if (Cause == Cause.Missing)
            {
                parts.Add("no value");
            }
            else if (IsAnomaly)
            {
                var place = Place();
                parts.AddRange(
                    place is null ? [Unusual()]
                    : Cause == Cause.Unexpected ? [place]
                    : [place, Unusual()]
                );
            }
            else if (AnomalyBegan is { } began)
            {
                parts.Add($"continues the anomaly of {Text(began)}");
            }

            if (Gap is { } gap)
            {
                parts.Add(Text(gap));
            }

            return string.Join("; ", parts);
        }
    }

    private string Unusual() =>
        Cause switch
        {
            Cause.Level => $"{(IsMore ? "higher" : "lower")} for several rows than ever in such a situation",
            Cause.Jump => IsMore ? "sudden jump" : "suddenly still",
            Cause.LevelShift => $"level shift {(IsMore ? "upwards" : "downwards")}",
            Cause.VarianceChange => $"variance change: {(IsMore ? "more" : "less")} variable than on average",
            _ => "unlike what is expected at this time",
        };

    private string? Place()
    {
        if (Value >= Lower && Value <= Upper)
        {
            return null;
        }

        var when = Season switch
        {
            Season.Day => $" for {Time:HH:mm}",
            Season.Week => $" for {Time:dddd HH:mm}",
            _ => "",
        };
        return $"value {Text(Value)} {(Value > Upper ? "above" : "below")} the expected {Text(Lower)}...{Text(Upper)}{when}";
    }

    private static string Text(double number) =>
        number.ToString(Math.Abs(number) is >= 1e4 and < 1e12 ? "0" : "G4", CultureInfo.InvariantCulture);

    private static string Text(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss");

    private static string Text(TimeSpan gap)
    {
        if (gap == TimeSpan.Zero)
        {
            return "the time of the row before again";
        }

        var length = gap.Duration();
        var text = new StringBuilder();
        _ =
            length.TotalDays >= 2 ? text.Append(CultureInfo.InvariantCulture, $"{length.TotalDays:0.#} days")
            : length.TotalHours >= 2 ? text.Append(CultureInfo.InvariantCulture, $"{length.TotalHours:0.#} hours")
            : length.TotalMinutes >= 2 ? text.Append(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0.#} minutes")
            : text.Append(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.###} seconds");
        return gap < TimeSpan.Zero ? $"time goes back by {text}" : $"gap of {text} before";
    }
}
