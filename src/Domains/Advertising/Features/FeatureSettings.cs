using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Features;

/// <summary>How features are served.</summary>
internal static class FeatureSettings
{
    public const string FreshHours = "ADS_FEATURES_FRESH_HOURS";

    private const int UsualHours = 48;
    private const int MostHours = 10_000;

    public static Setting Setting { get; } =
        new(FreshHours, "hours after which features of an account of which nothing was learned are stale", "48")
        {
            Check = settings => LongestFresh(settings),
        };

    /// <summary>How old what is known may be before features are stale.</summary>
    public static TimeSpan LongestFresh(Settings settings) =>
        TimeSpan.FromHours(settings.FindNumber(FreshHours, 1, MostHours, "a whole number of hours") ?? UsualHours);
}
