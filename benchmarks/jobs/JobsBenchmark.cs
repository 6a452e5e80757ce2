using System.Diagnostics;
using System.Text.Json;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Queue;

/// <summary>What the queue itself costs on PostgreSQL with its defaults: runs that do nothing, executed by two worker processes.</summary>
internal sealed class JobsBenchmark(Bench bench)
{
    private const string Database = "bench_jobs";
    private const int Workers = 2;

    private static readonly Asker Asker = new("bench", AskedHow.Api);

    private readonly int runs = (int)Bench.Number("QUEUED", 1000);
    private readonly List<double> starts = [];
    private readonly List<double> turnarounds = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var servers = new Servers(bench);
        await servers.NoteVersionsAsync(cancellationToken);
        var started = bench.Start($"{runs} runs started, one after another", runs);
        var drained = bench.Start($"{runs} queued runs executed by {Workers} workers", runs);
        for (var round = 1; round <= bench.Runs; round++)
        {
            bench.Say($"run {round} of {bench.Runs}");
            await servers.RenewPostgresAsync(Database, cancellationToken);
            var workers = new List<WorkerProcess>();
            try
            {
                await using var database = await QueueDatabase.OpenAsync(bench.PostgresUrl(Database), cancellationToken);
                for (var i = 0; i < Workers; i++)
                {
                    workers.Add(await WorkerProcess.StartAsync(bench.PostgresUrl(Database), cancellationToken));
                }

                started.Add(await StartAllAsync(database, cancellationToken));
                drained.Add(await DrainAsync(database, workers, cancellationToken));
            }
            finally
            {
                workers.ForEach(worker => worker.Dispose());
            }
        }

        await servers.DropPostgresAsync(Database, cancellationToken);
        bench.Findings.Add(Finding.AtLeast($"queued no-op runs executed per second, {Workers} workers", drained.RowsPerSecond, 300));
        bench.Findings.Add(Finding.AtMost("starting a run, milliseconds at the median", Median(starts), 10));
        bench.Findings.Add(Finding.Figure("from start to end of a run with idle workers, milliseconds at the median", Median(turnarounds)));
        bench.Notes.Add(
            "Every commit is on disk before it is acknowledged. The seconds of the queue are from the first run's start to the last one's end by the server's clock; CPU and memory are those of the workers."
        );
    }

    private async Task<Measurement> StartAllAsync(QueueDatabase database, CancellationToken cancellationToken)
    {
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < runs; i++)
        {
            var one = Stopwatch.GetTimestamp();
            await StartAsync(database, cancellationToken);
            starts.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
        }

        self.Refresh();
        return new Measurement(
            Stopwatch.GetElapsedTime(begin).TotalSeconds,
            (self.TotalProcessorTime - cpu).TotalSeconds,
            self.PeakWorkingSet64 / 1024.0 / 1024.0,
            ""
        );
    }

    private async Task<Measurement> DrainAsync(QueueDatabase database, List<WorkerProcess> workers, CancellationToken cancellationToken)
    {
        workers.ForEach(worker => worker.Begin());
        await using var connection = await database.Store.OpenAsync(cancellationToken);
        while (
            await connection.ScalarAsync<long>(
                "SELECT count(*) FROM job_runs WHERE state IN ('queued', 'running')",
                null,
                cancellationToken
            ) > 0
        )
        {
            await Task.Delay(50, cancellationToken);
        }

        var succeeded = await connection.ScalarAsync<long>(
            "SELECT count(*) FROM job_runs WHERE state = 'succeeded' AND attempt = 1",
            null,
            cancellationToken
        );
        if (succeeded != runs)
        {
            throw new BenchmarkException($"{succeeded} of {runs} runs succeeded in their first attempt.");
        }

        var seconds = await connection.ScalarAsync<double>(
            "SELECT extract(epoch FROM max(finished_at) - min(started_at)) FROM job_runs",
            null,
            cancellationToken
        );
        for (var i = 0; i < 50; i++)
        {
            var one = Stopwatch.GetTimestamp();
            var run = await StartAsync(database, cancellationToken);
            while (
                await connection.ScalarAsync<string>("SELECT state FROM job_runs WHERE id = @Id", new { run.Id }, cancellationToken)
                != "succeeded"
            )
            {
                await Task.Delay(1, cancellationToken);
            }

            turnarounds.Add(Stopwatch.GetElapsedTime(one).TotalMilliseconds);
        }

        var (cpu, peak) = (0.0, 0.0);
        foreach (var worker in workers)
        {
            var used = await worker.StopAsync(cancellationToken);
            (cpu, peak) = (cpu + used.CpuSeconds, Math.Max(peak, used.PeakMegabytes));
        }

        return new Measurement(seconds, cpu, peak, "");
    }

    private static Task<Run> StartAsync(QueueDatabase database, CancellationToken cancellationToken) =>
        database.Jobs.Runs.StartAsync(
            QueueDatabase.Job,
            JsonSerializer.SerializeToElement(new { }),
            Asker,
            idempotencyKey: null,
            cancellationToken
        );

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
