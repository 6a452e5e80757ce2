using System.Diagnostics;
using System.Globalization;
using Tradepost.Jobs;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>
/// One run of the ETL in a process of its own: this assembly's program, which with these settings in its environment runs
/// the ETL instead of tests. It says on standard output which step it is at.
/// </summary>
internal static class EtlProcess
{
    private const string Place = "TRADEPOST_TEST_ETL_STORE";
    private const string ShopFolder = "TRADEPOST_TEST_ETL_SHOP";
    private const string Now = "TRADEPOST_TEST_ETL_NOW";

    public static Process Start(Warehouse warehouse, EmbeddedShop shop)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Tradepost.Retail.Tests"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [Place] = warehouse.Location,
                [ShopFolder] = shop.Folder,
                [Now] = shop.Now.ToString("O"),
            },
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
    }

    /// <summary>Runs the ETL if this process was started for that; null if it was started for tests.</summary>
    public static async Task<int?> RunIfAskedAsync() =>
        Environment.GetEnvironmentVariable(Place) is { } place ? await RunAsync(place) : null;

    private static async Task<int> RunAsync(string place)
    {
        var folder = Environment.GetEnvironmentVariable(ShopFolder)!; // set together with the place
        var time = new ManualTime(DateTimeOffset.Parse(Environment.GetEnvironmentVariable(Now)!, CultureInfo.InvariantCulture));
        var sources = new ShopSources(
            ShopTable.Databases.ToDictionary(
                name => name,
                Source (name) => new DuckDbSource(name, DuckDbShopTarget.PathOf(folder, name), time)
            )
        );
        await using var store = place.StartsWith("postgresql:", StringComparison.Ordinal)
            ? Warehouse.PostgresStoreAt(place)
            : new DuckDbStore(place);
        try
        {
            await new LoadWarehouse(store, sources, time, new Steps()).RunAsync(Warehouse.Full, CancellationToken.None);
            return 0;
        }
        catch (Exception failure) when (failure is JobFailedException or StoreUnavailableException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private sealed class Steps : IProgress<JobProgress>
    {
        private readonly Lock gate = new();
        private string last = "";

        public void Report(JobProgress value)
        {
            lock (gate)
            {
                if (value.Step != last)
                {
                    last = value.Step;
                    Console.WriteLine(last);
                }
            }
        }
    }
}
