using System.Globalization;
using Tradepost.Jobs;
using Tradepost.Jobs.Upkeep;
using Tradepost.Storage.Connections;

namespace Tradepost.App;

/// <summary>How long the settings want kept what grows by itself.</summary>
internal static class Retention
{
    private const int RunDays = 90;
    private const int AuditDays = 400;
    private const int MostDays = 36_500;

    public static JobHostOptions From(Settings settings) =>
        new()
        {
            Retention = new RetentionOptions
            {
                Runs = Days(settings, SettingNames.KeepRuns, RunDays),
                Tables =
                [
                    new AgedTable("audit_log", "id", "happened_at", Days(settings, SettingNames.KeepAudit, AuditDays)),
                    .. Domains.All.SelectMany(domain => domain.Retention(settings)),
                ],
            },
        };

    private static TimeSpan Days(Settings settings, string name, int usual)
    {
        if (settings.Find(name) is not { } text)
        {
            return TimeSpan.FromDays(usual);
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays
            ? TimeSpan.FromDays(days)
            : throw new ConfigurationException(name, $"\"{text}\" cannot be used; allowed is a whole number of days from 1 to {MostDays}.");
    }
}
