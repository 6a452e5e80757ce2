using System.Text.Json.Serialization;

namespace Tradepost.Learning.Regression.Trees;

/// <summary>
/// How many columns a forest looks at to divide a node; in JSON <c>"sqrt"</c>, <c>"log2"</c>, a share such as 0.3, or a whole number from 2
/// on.
/// </summary>
[JsonConverter(typeof(MaxFeaturesConverter))]
public readonly record struct MaxFeatures
{
    private MaxFeatures(string? rule, double number) => (Rule, Number) = (rule, number);

    /// <summary>The square root of their number.</summary>
    public static MaxFeatures Sqrt { get; } = new("sqrt", 0);

    /// <summary>The binary logarithm of their number.</summary>
    public static MaxFeatures Log2 { get; } = new("log2", 0);

    internal string? Rule { get; }

    internal double Number { get; }

    /// <summary>A share of them; above 0, at most 1.</summary>
    public static MaxFeatures Share(double share) =>
        share is > 0 and <= 1
            ? new(null, share)
            : throw new ArgumentOutOfRangeException(nameof(share), share, "A share is above 0 and at most 1.");

    /// <summary>So many of them; at least 2.</summary>
    public static MaxFeatures Count(int count) =>
        count >= 2
            ? new(null, count)
            : throw new ArgumentOutOfRangeException(nameof(count), count, "A number of columns is 2 or more; a share is at most 1.");

    /// <inheritdoc/>
    public override string ToString() => Rule ?? Number.ToString();

    internal int Of(int columns) =>
        Math.Clamp(
            (int)(
                Rule switch
                {
                    "sqrt" => Math.Sqrt(columns),
                    "log2" => Math.Log2(columns),
                    _ when Number > 1 => Number,
                    _ => Number * columns,
                }
            ),
            1,
            columns
        );
}
