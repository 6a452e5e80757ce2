using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>
/// What a server has to bear, on the embedded store and on PostgreSQL: SIGTERM in a load, a clock that jumps, a second server, two hundred
/// clients, minutes of mixed reads. Every check is bounded and has a figure; the benchmark fails when one is not kept. Kills, full
/// disks and stores that go away are tests.
/// </summary>
internal sealed class EnduranceBenchmark(Bench bench)
{
    public const string Word = "endurance";

    private const string Database = "bench_endurance";
    private const string Embedded = "embedded";
    private const string Postgres = "PostgreSQL";

    private readonly long scale = Bench.Number("SCALE", 50);
    private readonly string checks = Environment.GetEnvironmentVariable("CHECKS") is { Length: > 0 } some
        ? some
        : "stop clock servers crowd mixed";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var servers = new Servers(bench);
        await servers.NoteVersionsAsync(cancellationToken);
        await servers.RenewPostgresAsync(Database, cancellationToken);
        try
        {
            await OnStoresAsync(cancellationToken);
        }
        finally
        {
            await servers.DropPostgresAsync(Database, CancellationToken.None);
        }

        if (Wants("clock"))
        {
            await ClockAsync(cancellationToken);
        }
    }

    private async Task OnStoresAsync(CancellationToken cancellationToken)
    {
        Site[] sites = [New(Embedded, "endurance-embedded", ""), New(Postgres, "endurance-postgres", bench.PostgresUrl(Database))];
        foreach (var site in sites)
        {
            await site.PrepareAsync(scale, cancellationToken);
            await IfAsync("stop", () => new StoppedLoad(bench, site).RunAsync(cancellationToken));
            await IfAsync("crowd", () => new Crowd(bench, site).RunAsync(cancellationToken));
            await IfAsync("mixed", () => new MixedReads(bench, site).RunAsync(cancellationToken));
            if (!site.IsEmbedded)
            {
                await IfAsync("servers", () => new TwoServers(bench, site).RunAsync(cancellationToken));
            }
        }
    }

    /// <summary>PostgreSQL goes by the clock that jumps as well: leases are counted by its time.</summary>
    private async Task ClockAsync(CancellationToken cancellationToken)
    {
        var clock = MovableClock.Find(bench.Folder)
            ?? throw new BenchmarkException("There is no libfaketime.so.1, by which the clock is moved; install the package faketime.");
        var embedded = New(Embedded, "endurance-clock-embedded", "") with { Clock = clock.Settings };
        await embedded.PrepareAsync(scale, cancellationToken);
        await new JumpingClock(bench, embedded, clock, servers: 1).RunAsync(cancellationToken);

        using var postgres = await clock.StartPostgresAsync(bench, cancellationToken);
        var onServer = New(Postgres, "endurance-clock-postgres", postgres.Url("postgres")) with { Clock = clock.Settings };
        await onServer.PrepareAsync(scale, cancellationToken);
        await new JumpingClock(bench, onServer, clock, servers: 2).RunAsync(cancellationToken);
    }

    private Site New(string name, string folder, string url) => new(bench, name, Path.Combine(bench.Folder, folder), url);

    private bool Wants(string check) => checks.Split(' ').Contains(check);

    private async Task IfAsync(string check, Func<Task> run)
    {
        if (Wants(check))
        {
            bench.Say($"checking: {check}");
            await run();
        }
    }
}
