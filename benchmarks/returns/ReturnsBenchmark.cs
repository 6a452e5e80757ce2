using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Returns;

/// <summary>
/// Forecasts of returns on the hourly candles of BTC and ETH: features, all models over all folds beside pandas and scikit-learn, predictions
/// of 100 symbols, and requests a second of the newest predictions and features beside FastAPI.
/// </summary>
internal sealed class ReturnsBenchmark(Bench bench)
{
    private const double MostSecondsOfFeatures = 1;

    private readonly string[] parts = Environment.GetEnvironmentVariable("CHECKS") is { Length: > 0 } some
        ? some.Split(' ')
        : ["pair", "many"];

    private string Data => Path.Combine(bench.Folder, "returns");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var servers = new Servers(bench);
        await servers.NoteVersionsAsync(cancellationToken);
        if (parts.Contains("pair"))
        {
            await LoadAsync(cancellationToken);
            await MakeFeaturesAsync(cancellationToken);
            await new TrainingComparison(bench, Data).RunAsync(cancellationToken);
            await new AnswerComparison(bench, servers, Data).RunAsync(cancellationToken);
        }

        if (parts.Contains("many"))
        {
            await new ManySymbols(bench).RunAsync(cancellationToken);
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        foreach (var symbol in HourlyFile.Symbols)
        {
            await Program(Data).RunAsync(cancellationToken, "trading", "candles", HourlyFile.Path(bench, symbol), "--symbol", symbol);
        }
    }

    private async Task MakeFeaturesAsync(CancellationToken cancellationToken)
    {
        Series? series = null;
        for (var run = 1; run <= bench.Runs; run++)
        {
            bench.Say($"features, run {run} of {bench.Runs}");
            var (measured, result) = await Program(Data).RunAsync(cancellationToken, "trading", "features", "--mode", "full");
            series ??= bench.Start("trading features --mode full, two symbols", result.GetProperty("rows").GetInt64());
            series.Add(measured);
        }

        bench.Findings.Add(Finding.AtMost("seconds of all features of BTC and ETH", series!.Median, MostSecondsOfFeatures));
    }

    private CommandLine Program(string data) => new(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = data });
}
