using System.IO.Compression;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Returns;

/// <summary>The hourly candles of the shared data.</summary>
internal static class HourlyFile
{
    public static readonly string[] Symbols = ["BTCUSDT", "ETHUSDT"];

    public static string Path(Bench bench, string symbol)
    {
        var path = System.IO.Path.GetFullPath(
            System.IO.Path.Combine(bench.Root, "..", "shared", "data", "trading", "candles", $"pixelalpha_{symbol}_1h_2020_2024.csv.gz")
        );
        return File.Exists(path)
            ? path
            : throw new BenchmarkException($"{path} is not there: the returns' benchmark takes its candles from it.");
    }

    /// <summary>Its last lines as those of many symbols, whose prices are multiples of its prices.</summary>
    public static async Task WriteManyAsync(Bench bench, string path, int symbols, int hours, CancellationToken cancellationToken)
    {
        await using var source = new GZipStream(File.OpenRead(Path(bench, Symbols[0])), CompressionMode.Decompress);
        using var reader = new StreamReader(source);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..][^hours..];
        await using var file = new StreamWriter(path);
        await file.WriteLineAsync("symbol,date,open,high,low,close,volume");
        for (var symbol = 1; symbol <= symbols; symbol++)
        {
            foreach (var cells in lines.Select(line => line.Split(',')))
            {
                var prices = cells[1..5].Select(cell => (decimal.Parse(cell) * symbol).ToString());
                await file.WriteLineAsync($"S{symbol:000}USDT,{cells[0]},{string.Join(',', prices)},{cells[5].TrimEnd()}");
            }
        }
    }
}
