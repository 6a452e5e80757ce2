using System.Text.Json;
using Tradepost.Benchmarks.Bulk;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Etl;

/// <summary>
/// The same MariaDB data into the same PostgreSQL, in turn by the pandas and SQLAlchemy pipeline and by ours with a mapping
/// file. The pipeline is not part of the repository: it is taken from ../shared/goldens (or GOLDENS) when that is there.
/// </summary>
internal sealed class PeerShop(Bench bench, Servers servers)
{
    private const double LeastTimes = 2.5;
    private const double LeastRowsPerSecond = 130_000;
    private const string Theirs = "bench_peer";
    private const string Ours = "bench_mapped";
    private const string Python = "/usr/bin/python3";

    /// <summary>What a million orders come to without the cancelled ones, however they are loaded.</summary>
    private static readonly Totals Expected = new(2_308_553, 224_511_607.78m, 11_800_510.14m, 144_143_785.56m);

    private readonly long orders = Bench.Number("ORDERS", 1_000_000);

    private string Scratch => Path.Combine(bench.Folder, "goldens");

    private CommandLine Program =>
        new(
            bench,
            new Dictionary<string, string?>
            {
                ["TRADEPOST_DATA"] = Path.Combine(bench.Folder, "none"),
                ["DATABASE_URL"] = bench.PostgresUrl(Ours),
                ["AUTH_DB_URL"] = bench.MariaDbUrl("shop_users"),
                ["CATALOG_DB_URL"] = bench.MariaDbUrl("shop_catalog"),
                ["ORDERS_DB_URL"] = bench.MariaDbUrl("shop_orders"),
                ["PAYMENTS_DB_URL"] = bench.MariaDbUrl("shop_payments"),
            }
        );

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var goldens = System.Environment.GetEnvironmentVariable("GOLDENS") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared", "goldens");
        var peers = Path.GetFullPath(Path.Combine(goldens, "peers"));
        if (!Directory.Exists(peers))
        {
            Skip($"there is no {peers}");
            return;
        }

        try
        {
            var versions = await PythonAsync(
                cancellationToken,
                "-c",
                "import platform, pandas, sqlalchemy, psycopg2, pymysql; print(platform.python_version(), pandas.__version__, sqlalchemy.__version__)"
            );
            var parts = versions.Output.Split();
            (bench.Versions["Python"], bench.Versions["pandas"], bench.Versions["SQLAlchemy"]) = (parts[0], parts[1], parts[2]);
        }
        catch (Exception missing) when (missing is BenchmarkException or System.ComponentModel.Win32Exception)
        {
            Skip($"{Python} lacks pandas, SQLAlchemy, psycopg2 or PyMySQL");
            return;
        }

        CopyScripts(peers);
        await FillSourceAsync(cancellationToken);
        await CompareAsync(cancellationToken);
    }

    private void Skip(string reason)
    {
        var sentence = $"The pandas and SQLAlchemy pipeline was not run: {reason}.";
        bench.Say(sentence);
        bench.Notes.Add(sentence);
    }

    /// <summary>A copy that finds this run's servers where the original expects its own.</summary>
    private void CopyScripts(string peers)
    {
        var etl = Directory.CreateDirectory(Path.Combine(Scratch, "peers", "etl")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(peers, "etl")))
        {
            File.Copy(file, Path.Combine(etl, Path.GetFileName(file)), overwrite: true);
        }

        var script = Path.Combine(etl, "etl.py");
        var text = File.ReadAllText(script);
        var moved = text.Replace("127.0.0.1:13399", bench.MariaDb, StringComparison.Ordinal)
            .Replace("127.0.0.1:15433/bench", $"{bench.Postgres}/{Theirs}", StringComparison.Ordinal);
        if (moved == text)
        {
            throw new BenchmarkException($"{script} does not name the servers that are to be replaced.");
        }

        File.WriteAllText(script, moved);
        var socket = Path.Combine(Directory.CreateDirectory(Path.Combine(Scratch, "peers", "_srv", "my")).FullName, "my.sock");
        File.CreateSymbolicLink(socket, bench.MariaDbSocket);
    }

    private async Task FillSourceAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await servers.OpenMariaDbAsync("mysql", cancellationToken))
        {
            if (
                await connection.ScalarAsync<long>(
                    "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'shop_payments' AND table_name = 'payments'",
                    null,
                    cancellationToken
                ) == 1
                && await connection.ScalarAsync<long>("SELECT count(*) FROM shop_orders.orders", null, cancellationToken) == orders
            )
            {
                return; // a server that was filled before
            }
        }

        bench.Say($"generating the pipeline's own shop, {orders:N0} orders");
        var etl = Path.Combine(Scratch, "peers", "etl");
        await PythonAsync(cancellationToken, Path.Combine(etl, "generate.py"), orders.ToString());
        await MeasuredProcess.RunAsync("bash", [Path.Combine(etl, "load.sh")], Environment, cancellationToken);
        await servers.ExecuteMariaDbAsync(
            "ANALYZE TABLE shop_orders.orders, shop_orders.order_items, shop_payments.payments",
            cancellationToken
        );
    }

    private async Task CompareAsync(CancellationToken cancellationToken)
    {
        await servers.RenewPostgresAsync(Theirs, cancellationToken);
        var mapping = Path.Combine(bench.Root, "benchmarks", "etl", "peer-mapping.yaml");
        var rows = await SourceRowsAsync(cancellationToken);
        var ours = bench.Start("pipeline's shop, MariaDB to PostgreSQL: ours", rows);
        var theirs = bench.Start("pipeline's shop, MariaDB to PostgreSQL: pandas and SQLAlchemy, by COPY", rows);
        await bench.InTurnAsync(
            "pipeline's shop",
            async () =>
            {
                await servers.RenewPostgresAsync(Ours, cancellationToken);
                await Program.LoadAsync(ours, cancellationToken, "--mode", "full", "--mapping", mapping);
            },
            async () => theirs.Add(await RunPipelineAsync(cancellationToken))
        );
        var totals = await CheckAsync(cancellationToken);
        await servers.DropPostgresAsync(Ours, cancellationToken);
        await servers.DropPostgresAsync(Theirs, cancellationToken);
        bench.Findings.Add(Finding.AtLeast("times as fast as pandas and SQLAlchemy", theirs.Median / ours.Median, LeastTimes));
        bench.Findings.Add(Finding.AtLeast("pipeline's shop, source rows/s", ours.RowsPerSecond, LeastRowsPerSecond));
        bench.Notes.Add($"Both loads of the pipeline's shop come to the same to the cent, cancelled orders left out: {totals}.");
    }

    private async Task<Measurement> RunPipelineAsync(CancellationToken cancellationToken)
    {
        var run = await PythonAsync(cancellationToken, Path.Combine(Scratch, "peers", "etl", "etl.py"), "--load", "copy", "--runs", "1");
        using var result = JsonDocument.Parse(run.Output);
        var seconds = result.RootElement.GetProperty("total_s").GetDouble();
        bench.Say(FormattableString.Invariant($"pandas and SQLAlchemy: {seconds:0.0} s, {run.PeakMegabytes:0} MB"));
        return run with { Seconds = seconds };
    }

    /// <summary>The two warehouses agree, and a million orders agree with what is known of them.</summary>
    private async Task<Totals> CheckAsync(CancellationToken cancellationToken)
    {
        var mine = await TotalsAsync(Ours, "net", "discount", "WHERE order_status <> 'cancelled' AND NOT is_deleted", cancellationToken);
        var pipelines = await TotalsAsync(Theirs, "revenue", "discount_amount", "", cancellationToken);
        return mine == pipelines && (orders != 1_000_000 || mine == Expected)
            ? mine
            : throw new BenchmarkException(
                $"The warehouses differ: ours has {mine}, the pipeline's {pipelines}, expected for a million orders {Expected}."
            );
    }

    private async Task<Totals> TotalsAsync(
        string database,
        string revenue,
        string discount,
        string where,
        CancellationToken cancellationToken
    )
    {
        await using var store = Loads.Open(bench.PostgresUrl(database));
        await using var connection = await store.OpenAsync(cancellationToken);
        var (rows, sum, off, cost) = (
            await connection.QueryAsync<(long Rows, decimal Revenue, decimal Discount, decimal Cost)>(
                $"SELECT count(*), sum({revenue}), sum({discount}), sum(cost) FROM fact_sales {where}",
                null,
                cancellationToken
            )
        )[0];
        return new Totals(rows, sum, off, cost);
    }

    private async Task<long> SourceRowsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await servers.OpenMariaDbAsync("mysql", cancellationToken);
        string[] tables =
        [
            "shop_users.roles",
            "shop_users.users",
            "shop_catalog.categories",
            "shop_catalog.products",
            "shop_orders.regions",
            "shop_orders.employees",
            "shop_orders.customers",
            "shop_orders.orders",
            "shop_orders.order_items",
            "shop_payments.payments",
        ];
        return await connection.ScalarAsync<long>(
            $"SELECT {string.Join(" + ", tables.Select(table => $"(SELECT count(*) FROM {table})"))}",
            null,
            cancellationToken
        );
    }

    private Dictionary<string, string?> Environment => new() { ["GOLDENS"] = Scratch };

    private Task<Measurement> PythonAsync(CancellationToken cancellationToken, params string[] arguments) =>
        MeasuredProcess.RunAsync(Python, arguments, Environment, cancellationToken);

    private sealed record Totals(long Rows, decimal Revenue, decimal Discount, decimal Cost)
    {
        public override string ToString() =>
            FormattableString.Invariant($"{Rows:N0} lines, revenue {Revenue:N2}, discount {Discount:N2}, cost {Cost:N2}");
    }
}
