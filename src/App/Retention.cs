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

    private static TimeSpan Days(Settings settings, string name, int usual) =>
        TimeSpan.FromDays(settings.FindNumber(name, 1, MostDays, "a whole number of days") ?? usual);
}
