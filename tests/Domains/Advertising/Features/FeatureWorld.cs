using System.Diagnostics.Metrics;
using System.Text.Json;
using Tradepost.Advertising.Features;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Tests.Features;

/// <summary>What tests of features share.</summary>
internal static class FeatureWorld
{
    public const string Collection = "served features";

    /// <summary>Noon of the day on which features are asked for.</summary>
    public static readonly DateTime Noon = new(2026, 1, 10, 12, 0, 0, DateTimeKind.Unspecified);

    public static AdFeatureReader Reader(AdvertisingWorld world) => new(world.Store, TimeSpan.FromHours(48));

    public static ServedFeatures Served(AdvertisingWorld world) => new(world.Store, world.Settings, world.Time, world.Logger);

    public static IReadOnlyDictionary<string, string> WithRedis(string url) =>
        new Dictionary<string, string> { [SettingNames.RedisUrl] = url };

    /// <summary>Everything of it, to the last digit.</summary>
    public static string Text(AdFeatures features) => JsonSerializer.Serialize(features);

    /// <summary>What a counter of the domain's meter counts until it is disposed of, by its tag.</summary>
    public static MeterListener Count(string counter, Dictionary<string, long> into)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == FeatureMetrics.Name && instrument.Name == counter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>(
            (_, amount, tags, _) =>
            {
                lock (into)
                {
                    var tag = $"{tags[0].Value}";
                    into[tag] = into.GetValueOrDefault(tag) + amount;
                }
            }
        );
        listener.Start();
        return listener;
    }
}
