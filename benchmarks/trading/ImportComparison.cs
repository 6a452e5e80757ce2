using Tradepost.Benchmarks.Etl;
using Tradepost.Benchmarks.Measuring;
using Tradepost.Trading.Tapes;

namespace Tradepost.Benchmarks.Trading;

/// <summary>A CSV file of quotes into the embedded store by the command, beside what pandas takes to read the same file and no more.</summary>
internal sealed class ImportComparison(Bench bench)
{
    private const double RowsPerSecond = 800_000;
    private const string Python = "/usr/bin/python3";

    private readonly long rows = Bench.Number("IMPORT_ROWS", 5_000_000);

    private string File => Path.Combine(bench.Folder, "import.csv");

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        bench.Say($"making a file of {rows:N0} quotes");
        await WriteFileAsync(cancellationToken);
        var ours = bench.Start("trading import of a CSV file into the embedded store", rows);
        var theirs = bench.Start("pandas.read_csv of the same file, nothing written", rows);
        await bench.InTurnAsync(
            "import",
            async () => ours.Add(await ImportAsync(cancellationToken)),
            async () => theirs.Add(await ReadByPandasAsync(cancellationToken))
        );
        System.IO.File.Delete(File);
        bench.Findings.Add(Finding.AtLeast("rows/s of trading import into the embedded store", ours.RowsPerSecond, RowsPerSecond));
        bench.Findings.Add(Finding.Figure("the same, times pandas' reading alone", theirs.Median / ours.Median));
    }

    private async Task WriteFileAsync(CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(File);
        await file.WriteLineAsync(TapeHeader.Quotes);
        for (var i = 0L; i < rows; i++)
        {
            await file.WriteLineAsync(WriterComparison.Line(i).AsMemory(), cancellationToken);
        }
    }

    private async Task<Measurement> ImportAsync(CancellationToken cancellationToken)
    {
        var data = Path.Combine(bench.Folder, "import-data");
        var program = new CommandLine(bench, new Dictionary<string, string?> { ["TRADEPOST_DATA"] = data });
        var (run, result) = await program.RunAsync(cancellationToken, "trading", "import", File);
        if (result.GetProperty("rows").GetInt64() != rows)
        {
            throw new BenchmarkException($"The import did not take all rows: {result}");
        }

        Directory.Delete(data, recursive: true);
        return run;
    }

    private Task<Measurement> ReadByPandasAsync(CancellationToken cancellationToken) =>
        MeasuredProcess.RunAsync(
            Python,
            ["-c", $"import pandas; assert len(pandas.read_csv('{File}')) == {rows}"],
            null,
            cancellationToken
        );
}
