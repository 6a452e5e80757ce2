using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Etl;

/// <summary>From four MariaDB databases into PostgreSQL, with our own schema.</summary>
internal sealed class ServerShop(Bench bench, Servers servers, long scale)
{
    private const double LeastRowsPerSecond = 130_000;
    private const string Warehouse = "bench_warehouse";

    private static readonly string[] Databases = ["bench_auth", "bench_catalog", "bench_orders", "bench_payments"];

    private CommandLine Program =>
        new(
            bench,
            new Dictionary<string, string?>
            {
                ["TRADEPOST_DATA"] = Path.Combine(bench.Folder, "none"),
                ["DATABASE_URL"] = bench.PostgresUrl(Warehouse),
                ["AUTH_DB_URL"] = bench.MariaDbUrl(Databases[0]),
                ["CATALOG_DB_URL"] = bench.MariaDbUrl(Databases[1]),
                ["ORDERS_DB_URL"] = bench.MariaDbUrl(Databases[2]),
                ["PAYMENTS_DB_URL"] = bench.MariaDbUrl(Databases[3]),
            }
        );

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"generating a shop in MariaDB, scale {scale}");
        await DropSourcesAsync(cancellationToken);
        await servers.ExecuteMariaDbAsync(
            string.Join("; ", Databases.Select(database => $"CREATE DATABASE {database} CHARACTER SET utf8mb4")),
            cancellationToken
        );
        await servers.RenewPostgresAsync(Warehouse, cancellationToken); // a command opens the store even when it does not use it
        var (_, generated) = await Program.RunAsync(cancellationToken, "retail", "generate", "--scale", $"{scale}");
        var rows = SourceRows.Of(generated);

        var full = bench.Start("MariaDB to PostgreSQL: full", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            await servers.RenewPostgresAsync(Warehouse, cancellationToken);
            await Program.LoadAsync(full, cancellationToken, "--mode", "full");
        }

        var again = bench.Start("MariaDB to PostgreSQL: full, on top of a full one", rows);
        await Program.LoadAsync(again, cancellationToken, "--mode", "full");

        var incremental = bench.Start("MariaDB to PostgreSQL: incremental, 0.1 % changed and 0.1 % new", rows);
        for (var run = 0; run < bench.Runs; run++)
        {
            await using (var orders = await servers.OpenMariaDbAsync(Databases[2], cancellationToken))
            await using (var payments = await servers.OpenMariaDbAsync(Databases[3], cancellationToken))
            {
                await ShopDay.ChangeAsync(orders, cancellationToken);
                await ShopDay.AddAsync(orders, payments, cancellationToken);
            }

            await Program.LoadAsync(incremental, cancellationToken, "--mode", "incremental");
        }

        await servers.DropPostgresAsync(Warehouse, cancellationToken);
        await DropSourcesAsync(cancellationToken);
        bench.Findings.Add(Finding.AtLeast("MariaDB to PostgreSQL: source rows/s", full.RowsPerSecond, LeastRowsPerSecond));
        bench.Findings.Add(
            Finding.AtLeast(
                "MariaDB to PostgreSQL: a full load takes as long as so many incremental ones",
                full.Median / incremental.Median,
                EtlBenchmark.LeastTimesFull
            )
        );
    }

    private Task DropSourcesAsync(CancellationToken cancellationToken) =>
        servers.ExecuteMariaDbAsync(
            string.Join("; ", Databases.Select(database => $"DROP DATABASE IF EXISTS {database}")),
            cancellationToken
        );
}
