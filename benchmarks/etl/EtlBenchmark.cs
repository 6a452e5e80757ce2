using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Etl;

/// <summary>
/// The retail ETL as its user runs it, whole process by whole process: on embedded databases, from MariaDB to PostgreSQL, and
/// against the pandas and SQLAlchemy pipeline on that pipeline's own data.
/// </summary>
internal sealed class EtlBenchmark(Bench bench)
{
    public const int OrdersPerScale = 600;

    /// <summary>How many times as fast as a full load an incremental one has to be.</summary>
    public const double LeastTimesFull = 10;

    /// <summary>The smallest scale that gives as many orders; a million by default.</summary>
    public static long Scale => ((Bench.Number("ORDERS", 1_000_000) - 1) / OrdersPerScale) + 1;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using (var servers = new Servers(bench))
        {
            await servers.NoteVersionsAsync(cancellationToken);
            await new EmbeddedShop(bench, Scale).RunAsync(cancellationToken);
            await new ServerShop(bench, servers, Scale).RunAsync(cancellationToken);
            await new PeerShop(bench, servers).RunAsync(cancellationToken);
        }

        bench.Notes.Add(
            "Seconds are those each program reports for its load, without the start of its runtime; ours include the comparison of sources and warehouse. CPU and memory are those of the loading process alone, not of the servers."
        );
        bench.Notes.Add(
            "Rows/s are source rows read by a full load; an incremental one is given per row that it looked at, all of them being compared."
        );
    }
}
