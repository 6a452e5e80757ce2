using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Trading;

/// <summary>The program as its user runs it: on a recorded file at full speed, and on a market of 100 symbols with 1,000 quotes a second each.</summary>
internal sealed class LiveMarket(Bench bench, Servers servers)
{
    private const string Database = "bench_live";
    private const string Capture = "data/trading/captures/usdm_btcusdt_20240808.gz";
    private const int Symbols = 100;
    private const double MostLag = 250;
    private const double MostGrowth = 1.25;

    private readonly long seconds = Bench.Number("SOAK", 600);
    private readonly long rate = Bench.Number("RATE", 1_000);

    private string Folder => Path.Combine(bench.Folder, "live");

    public async Task ReplayAsync(CancellationToken cancellationToken)
    {
        var shared = Environment.GetEnvironmentVariable("SHARED") is { Length: > 0 } elsewhere
            ? elsewhere
            : Path.Combine(bench.Root, "..", "shared");
        var file = Path.GetFullPath(Path.Combine(shared, Capture));
        if (!File.Exists(file))
        {
            bench.Notes.Add("The replay was left out: there is no capture.");
            return;
        }

        var quotes = 0L;
        Series? series = null;
        for (var run = 0; run < bench.Runs; run++)
        {
            Directory.CreateDirectory(Folder);
            var measured = await MeasuredProcess.RunAsync(
                "dotnet",
                [bench.Program, "trading", "collect", "--replay", file, "--speed", "0", "--depth", "--data", Folder, "--json"],
                Settings(null),
                cancellationToken
            );
            using var result = JsonDocument.Parse(measured.Output);
            quotes = result.RootElement.GetProperty("recorded").GetInt64();
            series ??= bench.Start("a capture with its order book at full speed into the embedded store", quotes);
            series.Add(measured);
            Directory.Delete(Folder, recursive: true);
        }

        bench.Findings.Add(Finding.Figure("replayed quotes/s, start and examination of the file included", series!.RowsPerSecond));
    }

    public async Task SoakAsync(string store, CancellationToken cancellationToken)
    {
        var isPostgres = store == "PostgreSQL";
        if (isPostgres)
        {
            await servers.RenewPostgresAsync(Database, cancellationToken);
        }

        Directory.CreateDirectory(Folder);
        bench.Say($"{Symbols} symbols, {rate:N0} quotes a second each, {seconds} s into {store}");
        var (result, first, last) = await CollectAsync(isPostgres ? bench.PostgresUrl(Database) : null, cancellationToken);
        var lag = result.GetProperty("age");
        var recorded = result.GetProperty("recorded").GetInt64();
        bench.Findings.Add(Finding.AtLeast($"{store}: quotes/s, live", recorded / (double)seconds, 0.95 * Symbols * rate));
        bench.Findings.Add(
            Finding.Figure($"{store}: ms from the exchange's clock to the commit, median", lag.GetProperty("median").GetDouble())
        );
        bench.Findings.Add(Finding.AtMost($"{store}: the same, 99 of 100", lag.GetProperty("p99").GetDouble(), MostLag));
        bench.Findings.Add(Finding.Figure($"{store}: the same, longest", lag.GetProperty("longest").GetDouble()));
        bench.Findings.Add(Finding.Figure($"{store}: MB after a fifth of the time", first));
        bench.Findings.Add(Finding.AtMost($"{store}: MB at the end, of that", last / first, MostGrowth));
        bench.Notes.Add(
            FormattableString.Invariant(
                $"Live, {store}: {seconds} s, {recorded:N0} quotes; the market runs in the collector's process; lost {result.GetProperty("lost")}, still in the log {result.GetProperty("waiting")}."
            )
        );
        Directory.Delete(Folder, recursive: true);
        if (isPostgres)
        {
            await servers.DropPostgresAsync(Database, cancellationToken);
        }
    }

    private static Dictionary<string, string?> Settings(string? url) =>
        new()
        {
            ["DATABASE_URL"] = url,
            ["DATABASE_URL_DIRECT"] = null,
            ["TRADEPOST_DATA"] = null,
        };

    private async Task<(JsonElement Result, double First, double Last)> CollectAsync(string? url, CancellationToken cancellationToken)
    {
        var symbols = string.Join(',', Enumerable.Range(1, Symbols).Select(number => $"SIM{number:000}"));
        var start = new ProcessStartInfo(
            "dotnet",
            [
                bench.Program,
                "trading",
                "collect",
                "--exchange",
                "simulator",
                "--symbols",
                symbols,
                "--rate",
                rate.ToString(),
                "--data",
                Folder,
                "--json",
            ]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings(url))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new BenchmarkException("dotnet did not start.");
        var (output, errors) = (
            process.StandardOutput.ReadToEndAsync(CancellationToken.None),
            process.StandardError.ReadToEndAsync(CancellationToken.None)
        );
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds / 5.0), cancellationToken);
            var first = Resident(process.Id);
            await Task.Delay(TimeSpan.FromSeconds(seconds * 4 / 5.0), cancellationToken);
            var last = Resident(process.Id);
            await MeasuredProcess.RunAsync("kill", ["-TERM", process.Id.ToString()], null, cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0
                ? (JsonDocument.Parse(await output).RootElement, first, last)
                : throw new BenchmarkException($"The collector ended with {process.ExitCode}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private static double Resident(int process) =>
        long.Parse(
            File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2],
            CultureInfo.InvariantCulture
        ) / 1024.0;
}
