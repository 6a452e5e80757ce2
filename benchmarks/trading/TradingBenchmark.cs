using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Trading;

/// <summary>Quotes from a CSV file into the embedded store; the collector: the writer beside psql's \copy and asyncpg, a recorded day at full speed, and a live market for as long as is asked for.</summary>
internal sealed class TradingBenchmark(Bench bench)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var servers = new Servers(bench);
        await servers.NoteVersionsAsync(cancellationToken);
        await new ImportComparison(bench).RunAsync(cancellationToken);
        await new WriterComparison(bench, servers).RunAsync(cancellationToken);
        var live = new LiveMarket(bench, servers);
        await live.ReplayAsync(cancellationToken);
        await live.SoakAsync("PostgreSQL", cancellationToken);
        await live.SoakAsync("embedded store", cancellationToken);
    }
}
