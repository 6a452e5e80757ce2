using System.Diagnostics;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Storage;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>A shop in a folder of its own, and the store that it is loaded into.</summary>
/// <param name="Name">The store's kind, as the report names it.</param>
/// <param name="DatabaseUrl">Empty for the embedded store.</param>
internal sealed record Site(Bench Bench, string Name, string Data, string DatabaseUrl)
{
    private static readonly string[] Untouched =
    [
        "DATABASE_URL_DIRECT",
        "ANALYTICS_URL",
        "KAFKA_BROKERS",
        "AUTH_DB_URL",
        "CATALOG_DB_URL",
        "ORDERS_DB_URL",
        "PAYMENTS_DB_URL",
    ];

    /// <summary>What libfaketime needs so that the program's clock can be moved; empty for the machine's own clock.</summary>
    public IReadOnlyDictionary<string, string> Clock { get; init; } = new Dictionary<string, string>();

    public bool IsEmbedded => DatabaseUrl.Length == 0;

    /// <summary>Whether somebody has signed in here before, so that a start prints no link.</summary>
    public bool HasUsers { get; set; }

    /// <summary>Makes the shop and loads it once.</summary>
    public async Task PrepareAsync(long scale, CancellationToken cancellationToken)
    {
        Bench.Say($"{Name}: making a shop of {scale * EtlBenchmark.OrdersPerScale:N0} orders and loading it");
        await RunAsync(cancellationToken, "retail", "generate", "--scale", $"{scale}");
        await RunAsync(cancellationToken, "retail", "etl", "--mode", "full");
    }

    /// <summary>Every line of every order has one more piece: a warehouse of before and one of after differ in their sums.</summary>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        await using var orders = await DuckDbStore.OpenFileAsync(Path.Combine(Data, "retail", "orders.duckdb"), cancellationToken);
        await orders.ExecuteAsync("UPDATE order_items SET quantity = quantity + 1", null, cancellationToken);
    }

    /// <summary>A command of the program, which has to succeed.</summary>
    public Task RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>();
        Apply(environment);
        return MeasuredProcess.RunAsync("dotnet", [Bench.Program, .. arguments, "--json"], environment, cancellationToken);
    }

    public ProcessStartInfo Serve()
    {
        var start = new ProcessStartInfo("dotnet", [Bench.Program, "serve", "--urls", "http://127.0.0.1:0"])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Apply(start.Environment);
        start.Environment["TRADEPOST_RATE_LIMIT"] = "1000000000"; // counted, and not reached
        return start;
    }

    private void Apply(IDictionary<string, string?> environment)
    {
        foreach (var name in Untouched)
        {
            environment[name] = "";
        }

        environment["DATABASE_URL"] = DatabaseUrl;
        environment["TRADEPOST_DATA"] = Data;
        foreach (var (name, value) in Clock)
        {
            environment[name] = value;
        }
    }
}
