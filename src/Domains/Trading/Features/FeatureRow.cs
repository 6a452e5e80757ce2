namespace Tradepost.Trading.Features;

/// <summary>What was known of a symbol at the end of an hour.</summary>
/// <param name="FeatureTime">The end of the hour (UTC).</param>
/// <param name="Close">The last price of it.</param>
/// <param name="IsWhole">False where the hour is missing: its close is the one before, and no feature is known.</param>
/// <param name="Features">Each by its name; null where it is not known.</param>
public sealed record FeatureRow(
    string Symbol,
    DateTime FeatureTime,
    double Close,
    bool IsWhole,
    IReadOnlyDictionary<string, double?> Features
);
