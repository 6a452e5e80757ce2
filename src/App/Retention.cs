using Tradepost.Jobs;
using Tradepost.Jobs.Upkeep;
using Tradepost.Storage.Connections;

namespace Tradepost.App;

/// <summary>How long the settings want kept what grows by itself.</summary>
internal static class Retention
{
    private const int RunDays = 90;
    private const int AuditDays = 400;

    public static JobHostOptions From(Settings settings) =>
        new()
        {
            Retention = new RetentionOptions
            {
                Runs = settings.Days(SettingNames.KeepRuns, RunDays),
                Tables =
                [
                    new AgedTable("audit_log", ["id"], "happened_at", settings.Days(SettingNames.KeepAudit, AuditDays)),
                    .. Domains.All.SelectMany(domain => domain.Retention(settings)),
                ],
            },
        };
}
