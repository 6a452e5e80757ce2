using System.Text.Json;
using Tradepost.Benchmarks.Api;
using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Page;

/// <summary>The page in a browser, over a shop of a million orders and a market that does not rest: how soon it is there, answers, and moves.</summary>
internal sealed class PageBenchmark(Bench bench)
{
    private const double MostPaint = 1_500;
    private const double MostAnswer = 100;
    private const double LeastFrames = 30;
    private const double LeastUpdates = 59; // sixty are sent, and a second need not begin with one
    private const string QuotesPerSecond = "600"; // also in calm moments, with half of it, hardly a sixtieth of a second is without one
    private const string Symbols = "SIM01,SIM02,SIM03,SIM04,SIM05,SIM06,SIM07,SIM08,SIM09,SIM10";

    private readonly long seconds = Bench.Number("SECONDS", 30);

    private string Data => Path.Combine(bench.Folder, "page");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        using var server = await HttpServers.StartTradepostAsync(bench, Data, cancellationToken);
        using var market = BackgroundProgram.Start(
            bench,
            ["trading", "collect", "--exchange", "simulator", "--symbols", Symbols, "--depth", "--rate", QuotesPerSecond, "--data", Data]
        );
        bench.Say($"measuring, {bench.Runs} times");
        var measured = await MeasureAsync(server, cancellationToken);
        Report(measured);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var program = new CommandLine(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = Data });
        bench.Say($"generating a shop, scale {EtlBenchmark.Scale}");
        await program.RunAsync(cancellationToken, "retail", "generate", "--scale", $"{EtlBenchmark.Scale}");
        await program.LoadAsync(series: null, cancellationToken, "--mode", "full");
    }

    private async Task<JsonElement> MeasureAsync(HttpServer server, CancellationToken cancellationToken)
    {
        var script = Path.Combine(bench.Root, "web", "scripts", "measure.mjs");
        var run = await MeasuredProcess.RunAsync(
            "node",
            [script, server.Address, HttpServers.Email, HttpServers.Password, $"{bench.Runs}", $"{seconds}"],
            environment: null,
            cancellationToken
        );
        return JsonElement.Parse(run.Output);
    }

    private void Report(JsonElement measured)
    {
        bench.Versions["browser"] = measured.GetProperty("browser").GetString()!;
        foreach (var page in measured.GetProperty("pages").EnumerateObject())
        {
            bench.Findings.Add(
                Finding.AtMost($"{page.Name}: largest contentful paint, ms", Median(page.Value.GetProperty("lcp")), MostPaint)
            );
            bench.Findings.Add(Finding.Figure($"{page.Name}: everything is there, ms", Median(page.Value.GetProperty("ready"))));
        }

        foreach (var interaction in measured.GetProperty("interactions").EnumerateObject())
        {
            bench.Findings.Add(
                Finding.AtMost($"{interaction.Name}: next paint, ms", Median(interaction.Value.GetProperty("paint")), MostAnswer)
            );
            if (interaction.Value.TryGetProperty("data", out var data))
            {
                bench.Findings.Add(Finding.Figure($"{interaction.Name}: its data are there, ms", Median(data)));
            }
        }

        var live = measured.GetProperty("live");
        var (frames, pushed, quotes, books) = (
            Values(live.GetProperty("frames")),
            Values(live.GetProperty("pushed")),
            Values(live.GetProperty("quotes")),
            Values(live.GetProperty("books"))
        );
        bench.Findings.Add(
            Finding.AtLeast("live: changes of quotes that the page takes in a second, median", Quantile(pushed, 0.5), LeastUpdates)
        );
        bench.Findings.Add(
            Finding.Figure("live: those of the chosen symbol that are drawn (two within a frame once), median", Quantile(quotes, 0.5))
        );
        bench.Findings.Add(Finding.Figure("live: its order book drawn in a second, median", Quantile(books, 0.5)));
        bench.Findings.Add(Finding.AtLeast("live: frames in a second, fewest", frames[0], LeastFrames));
        bench.Findings.Add(Finding.AtLeast("live: frames in a second, one of twenty stays under", Quantile(frames, 0.05), LeastFrames));
        bench.Findings.Add(Finding.Figure("live: frames in a second, median", Quantile(frames, 0.5)));
        bench.Findings.Add(
            Finding.Figure("live: processor time of the page's thread in a second, ms", live.GetProperty("processor").GetDouble() * 1000)
        );
        bench.Notes.Add(
            $"{EtlBenchmark.Scale * EtlBenchmark.OrdersPerScale:N0} orders; medians of {bench.Runs} runs, each page in a profile that has never seen it; browser and server share the cores."
        );
        bench.Notes.Add(
            "Next paint: from the input to the first frame painted behind it, the slowest of all events of what was done (typing: of all keys). Data: until they are drawn, at least 100 ms because the script waits that long."
        );
        bench.Notes.Add(
            $"Live: {live.GetProperty("symbols").GetInt32()} symbols with {QuotesPerSecond} quotes a second each, changes of their order books as many, for {seconds} s."
        );
    }

    private static double Median(JsonElement values) => Quantile(Values(values), 0.5);

    private static List<double> Values(JsonElement values) => [.. values.EnumerateArray().Select(value => value.GetDouble()).Order()];

    private static double Quantile(List<double> sorted, double share) => sorted[(int)Math.Floor((sorted.Count - 1) * share)];
}
