using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.App.Listening;
using Tradepost.App.Telemetry;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Workers;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Runs;

/// <summary><c>worker</c>: executes runs until it is stopped; on PostgreSQL on any number of machines.</summary>
internal static class WorkerCommand
{
    public static HandledCommand Create() =>
        HandledCommand.Of<WorkerCommandOptions>(
            "worker",
            "Execute runs and schedules until stopped; more machines may do so, too.",
            RunAsync,
            isLocal: true
        );

    private static async Task<CommandResult> RunAsync(WorkerCommandOptions options, Session session, CancellationToken cancellationToken)
    {
        var settings = session.Settings;
        using var telemetry = ServerTelemetry.Start(session, options.Log);
        await using var store = settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        await using var jobs = new JobHost(
            settings,
            store,
            Domains.Catalogue,
            session.Time,
            telemetry.CreateLogger("Tradepost"),
            Retention.From(settings)
        );
        await using var server = options.MetricsUrl is not { } metricsUrl
            ? null
            : await MetricsServer.StartAsync(metricsUrl, store, settings, telemetry, session.Time, cancellationToken);
        if (server is not null)
        {
            Say(session, $"Metrics are at {server.Address}/metrics");
        }

        Say(session, $"Waiting for runs on {settings.Store.Description}, {options.Concurrency} at once. Ctrl-C stops.");
        await jobs.RunAsync(new WorkerOptions { Concurrency = options.Concurrency }, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return new CommandResult(new { Status = "stopped" });
    }

    // Past the console's own formatting: an address must stay on one line.
    private static void Say(Session session, string text) => session.Terminal.Messages.Line(text);
}

internal sealed record WorkerCommandOptions : ServiceOptions
{
    [Description("Runs at once"), Range(1, 100, ErrorMessage = "expected is a whole number from 1 to 100")]
    public int Concurrency { get; init; } = new WorkerOptions().Concurrency;

    [Description("Serve /metrics for Prometheus there, such as http://127.0.0.1:9464"), Placeholder("URL")]
    public string? MetricsUrl { get; init; }
}
