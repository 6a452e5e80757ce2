using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Tradepost.Benchmarks.Api;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Returns;

/// <summary>What a server that predicts every hour takes for a hundred symbols: one model of each, and all that are trained.</summary>
internal sealed class ManySymbols(Bench bench)
{
    private const int Symbols = 100;
    private const int Hours = 60 * 24;
    private const int WarmUps = 3;
    private const double MostMilliseconds = 100;

    private readonly long predictions = Bench.Number("PREDICTIONS", 20);

    private string Data => Path.Combine(bench.Folder, "symbols");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"training {Symbols} symbols");
        var file = Path.Combine(bench.Folder, "symbols_1h.csv");
        await HourlyFile.WriteManyAsync(bench, file, Symbols, Hours, cancellationToken);
        var program = new CommandLine(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = Data });
        await program.RunAsync(cancellationToken, "trading", "candles", file);
        await program.RunAsync(cancellationToken, "trading", "features", "--mode", "full");
        string[] window = ["--train-days", "30", "--test-days", "10"];
        await program.RunAsync(cancellationToken, ["trading", "train", "--models", "LinearRegression,Ridge,Lasso,ElasticNet", .. window]);
        using var server = await HttpServers.StartTradepostAsync(bench, Data, cancellationToken, runsJobs: true);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", server.Token);
        var one = await PredictAsync(client, "Ridge_log_return_6h", cancellationToken);
        var all = await PredictAsync(client, null, cancellationToken);
        bench.Findings.Add(
            Finding.AtMost($"milliseconds of a prediction for {Symbols} symbols by one model", 1000 * one.Median, MostMilliseconds)
        );
        bench.Findings.Add(Finding.Figure($"the same by four models, 1, 6 and 24 hours ahead", 1000 * all.Median));
        bench.Notes.Add(
            $"Predictions: {Symbols} symbols of {Hours:N0} hours in the embedded store of a server; each run reads the newest rows, predicts, writes the ledger, notes outcomes that fell due an hour later, and reckons live error, coverage and drift. Seconds are those of the run's work, after {WarmUps} to warm up."
        );
    }

    /// <summary>One prediction after the other, each an hour later than the one before.</summary>
    private async Task<Series> PredictAsync(HttpClient client, string? models, CancellationToken cancellationToken)
    {
        var series = bench.Start($"trading predict, {Symbols} symbols, {models ?? "all models"}", Symbols);
        var newest = await RunAsync(client, new { models }, cancellationToken);
        var last = newest.GetProperty("items")[0].GetProperty("feature_time").GetDateTime();
        for (var run = -WarmUps; run < predictions; run++)
        {
            var until = last.AddHours(run - predictions).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
            var result = await RunAsync(client, new { models, until }, cancellationToken);
            if (run >= 0)
            {
                series.Add(new Measurement(result.GetProperty("seconds").GetDouble(), 0, 0, ""));
            }
        }

        return series;
    }

    private static async Task<JsonElement> RunAsync(HttpClient client, object arguments, CancellationToken cancellationToken)
    {
        using var started = await client.PostAsJsonAsync("/ml/predictor/run", new { arguments }, cancellationToken);
        var id = (await started.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("id");
        while (true)
        {
            var run = await client.GetFromJsonAsync<JsonElement>($"/api/v1/runs/{id.GetString()}", cancellationToken);
            switch (run.GetProperty("state").GetString())
            {
                case "queued" or "running":
                    await Task.Delay(20, cancellationToken);
                    break;
                case "succeeded":
                    return run.GetProperty("result");
                default:
                    throw new BenchmarkException($"The prediction did not succeed: {run}");
            }
        }
    }
}
