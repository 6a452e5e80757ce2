using System.Diagnostics.Metrics;

namespace Tradepost.Advertising.Features;

/// <summary>What the serving of features tells about its work.</summary>
internal static class FeatureMetrics
{
    public const string Name = "Tradepost.Advertising";
    public const string Served = "tradepost.ads.features.served";
    public const string CacheFailures = "tradepost.ads.features.cache.failures";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Answers = Meter.CreateCounter<long>(
        Served,
        "{answer}",
        "Features that were served, by where they came from: cache or store."
    );

    private static readonly Counter<long> Failures = Meter.CreateCounter<long>(
        CacheFailures,
        "{failure}",
        "What Redis did not do: read or write while it is away, or unreadable where a value there is none of these."
    );

    public static void OnServed(bool isFromStore) =>
        Answers.Add(1, KeyValuePair.Create<string, object?>("from", isFromStore ? "store" : "cache"));

    public static void OnCacheFailure(string operation) => Failures.Add(1, KeyValuePair.Create<string, object?>("operation", operation));
}
