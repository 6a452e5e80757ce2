using System.CommandLine;
using System.Globalization;
using Tradepost.App.Telemetry.Traces;
using Tradepost.Jobs.Workers;

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
        return new HandledCommand("worker", "Execute runs and schedules until stopped; more machines may do so, too.", async (parsed, session, cancellationToken) =>
        {
            var atOnce = parsed.GetValue(concurrency);
            if (atOnce is < 1 or > MostAtOnce)
            {
                throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"--concurrency is {atOnce}; expected is a whole number from 1 to {MostAtOnce}."));
            }

            using var traces = TraceExport.Start(session.Settings);
            return await session.WithJobsAsync(
                async jobs =>
                {
                    session.Terminal.Messages.Profile.Out.Writer.WriteLine(
                        string.Create(CultureInfo.InvariantCulture, $"Waiting for runs on {session.Settings.Store.Description}, {atOnce} at once. Ctrl-C stops."));
                    await jobs.RunAsync(new WorkerOptions { Concurrency = atOnce }, cancellationToken);
                    cancellationToken.ThrowIfCancellationRequested();
                    return new CommandResult(new { Status = "stopped" });
                },
                cancellationToken);
        })
        { IsLocal = true, Options = { concurrency } };
    }
}
