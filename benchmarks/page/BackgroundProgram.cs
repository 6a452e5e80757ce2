using System.Diagnostics;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Page;

/// <summary>A command of the program that goes on until it is disposed of.</summary>
internal sealed class BackgroundProgram : IDisposable
{
    private readonly Process process;

    private BackgroundProgram(Process process) => this.process = process;

    public static BackgroundProgram Start(Bench bench, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [bench.Program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DATABASE_URL"] = "";
        var started = Process.Start(start) ?? throw new BenchmarkException($"{string.Join(' ', start.ArgumentList)} did not start.");
        _ = started.StandardError.ReadToEndAsync(CancellationToken.None);
        _ = started.StandardOutput.ReadToEndAsync(CancellationToken.None);
        return new BackgroundProgram(started);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }
}
