using Tradepost.Storage.Failures;

namespace Tradepost.Training.Registry;

/// <summary>A version does not go into production, and the message says why.</summary>
/// <param name="message">One sentence.</param>
/// <param name="metric">The metric that decided; null when it was not about one.</param>
/// <param name="value">The candidate's.</param>
/// <param name="production">That of the version in production.</param>
public sealed class PromotionRefusedException(string message, string? metric = null, double? value = null, double? production = null)
    : ForeseenException(FailureKind.Conflict, message)
{
    /// <summary>The metric that decided; null where none did.</summary>
    public string? Metric { get; } = metric;

    /// <summary>That of the version.</summary>
    public double? Value { get; } = value;

    /// <summary>That of the version in production.</summary>
    public double? Production { get; } = production;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, object>? Details =>
        Metric is null ? null : DetailsOf(("metric", Metric), ("value", Value), ("production", Production));
}
