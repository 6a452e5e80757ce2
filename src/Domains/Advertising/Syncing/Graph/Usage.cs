using System.Net.Http.Headers;
using System.Text.Json;

namespace Tradepost.Advertising.Syncing.Graph;

/// <summary>How much of what the API allows is used up, as the headers of an answer say; they are advice, and none of them has to be there.</summary>
/// <param name="Percent">The highest of all that they count, 0 without any.</param>
/// <param name="Regain">How long until more is allowed, where one says so.</param>
internal readonly record struct Usage(double Percent, TimeSpan Regain)
{
    private static readonly string[] Headers =
    [
        "X-Business-Use-Case-Usage",
        "X-App-Usage",
        "X-Ad-Account-Usage",
        "x-fb-ads-insights-throttle",
    ];

    private static readonly HashSet<string> Percents = new(StringComparer.Ordinal)
    {
        "call_count",
        "total_cputime",
        "total_time",
        "acc_id_util_pct",
        "app_id_util_pct",
    };

    /// <summary>What the headers of an answer say.</summary>
    public static Usage Of(HttpResponseHeaders headers)
    {
        var usage = default(Usage);
        foreach (var text in Headers.SelectMany(name => headers.TryGetValues(name, out var values) ? values : []))
        {
            try
            {
                using var document = JsonDocument.Parse(text);
                usage = usage.With(document.RootElement);
            }
            catch (JsonException)
            {
                // A header that cannot be read advises nothing.
            }
        }

        return usage;
    }

    private Usage With(JsonElement element)
    {
        var usage = this;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                usage = usage.With(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                usage =
                    property.Value.ValueKind == JsonValueKind.Number
                        ? usage.With(property.Name, property.Value.GetDouble())
                        : usage.With(property.Value);
            }
        }

        return usage;
    }

    private Usage With(string name, double number) =>
        name switch
        {
            _ when Percents.Contains(name) => this with { Percent = Math.Max(Percent, number) },
            "estimated_time_to_regain_access" => this with { Regain = Longer(Minutes(number)) },
            "reset_time_duration" => this with { Regain = Longer(Minutes(number / 60)) },
            _ => this,
        };

    private TimeSpan Longer(TimeSpan other) => other > Regain ? other : Regain;

    private static TimeSpan Minutes(double number) => TimeSpan.FromMinutes(Math.Clamp(number, 0, 24 * 60));
}
