using System.CommandLine;
using System.Globalization;
using Tradepost.App.Cli.Output;
using Tradepost.App.Telemetry;
using Tradepost.App.Telemetry.Logs;
using Tradepost.App.Telemetry.Metrics;
using Tradepost.Jobs;
using Tradepost.Jobs.Workers;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Cli.Jobs;

/// <summary><c>worker</c>: executes runs until it is stopped; on PostgreSQL on any number of machines.</summary>
internal static class WorkerCommand
{
    private const int MostAtOnce = 100;

    public static HandledCommand Create()
    {
        var usual = new WorkerOptions().Concurrency;
        var concurrency = new Option<int>("--concurrency")
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"Runs at once (default {usual})"),
            HelpName = "N",
            DefaultValueFactory = _ => usual,
        };
        var metrics = new Option<string?>("--metrics-url")
        {
            Description = "Serve /metrics for Prometheus there, such as http://127.0.0.1:9464",
            HelpName = "URL",
        };
        var log = LogWriter.Option();
        return new HandledCommand(
            "worker",
            "Execute runs and schedules until stopped; more machines may do so, too.",
            (parsed, session, cancellationToken) =>
            {
                var atOnce = parsed.GetValue(concurrency);
                return atOnce is < 1 or > MostAtOnce
                    ? throw new UsageException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"--concurrency is {atOnce}; expected is a whole number from 1 to {MostAtOnce}."
                        )
                    )
                    : RunAsync(session, atOnce, parsed.GetValue(metrics), parsed.GetValue(log), cancellationToken);
            }
        )
        {
            IsLocal = true,
            Options = { concurrency, metrics, log },
        };
    }

    private static async Task<CommandResult> RunAsync(
        Session session,
        int atOnce,
        string? metricsUrl,
        string? log,
        CancellationToken cancellationToken
    )
    {
        var settings = session.Settings;
        using var telemetry = ServerTelemetry.Start(session.Terminal, settings, session.Time, log);
        await using var store = settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        await using var jobs = new JobHost(
            settings,
            store,
            Domains.Catalogue,
            session.Time,
            telemetry.Logs.CreateLogger("Tradepost"),
            Retention.From(settings)
        );
        await using var server = metricsUrl is null
            ? null
            : await MetricsServer.StartAsync(metricsUrl, store, settings, telemetry, session.Time, cancellationToken);
        if (server is not null)
        {
            Say(session, $"Metrics are at {server.Address}/metrics");
        }

        Say(
            session,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Waiting for runs on {settings.Store.Description}, {atOnce} at once. Ctrl-C stops."
            )
        );
        await jobs.RunAsync(new WorkerOptions { Concurrency = atOnce }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new CommandResult(new { Status = "stopped" });
    }

    // Past the console's own formatting: an address must stay on one line.
    private static void Say(Session session, string text) => session.Terminal.Messages.Line(text);
}
