namespace Tradepost.Training.Registry;

/// <summary>A version does not go into production, and the message says why.</summary>
/// <param name="message">One sentence.</param>
/// <param name="metric">The metric that decided; null when it was not about one.</param>
/// <param name="value">The candidate's.</param>
/// <param name="production">That of the version in production.</param>
public sealed class PromotionRefusedException(string message, string? metric = null, double? value = null, double? production = null)
    : Exception(message)
{
    public string? Metric { get; } = metric;

    public double? Value { get; } = value;

    public double? Production { get; } = production;

    /// <summary>The figures for a program, by name.</summary>
    public IReadOnlyDictionary<string, object>? Details() =>
        Metric is not { } name
            ? null
            : new Dictionary<string, object>(
                new (string Key, object? Value)[] { ("metric", name), ("value", Value), ("production", Production) }
                    .Where(pair => pair.Value is not null)
                    .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!))
            );
}
