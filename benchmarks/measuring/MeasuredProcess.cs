using System.Diagnostics;
using System.Globalization;

namespace Tradepost.Benchmarks.Measuring;

/// <summary>
/// Runs a program and measures the process from outside, with one ruler for all: /proc is read while it runs, the peak is the
/// kernel's own high-water mark. Linux only.
/// </summary>
internal static class MeasuredProcess
{
    private const double TicksPerSecond = 100; // what /proc counts CPU time in, on every architecture Linux has today

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public static async Task<Measurement> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment,
        CancellationToken cancellationToken
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        var clock = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new BenchmarkException($"{program} did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var ended = process.WaitForExitAsync(CancellationToken.None);
        var usage = default(Usage);
        try
        {
            while (!ended.IsCompleted)
            {
                usage = Usage.Read(process.Id) ?? usage;
                await Task.WhenAny(ended, Task.Delay(Pause, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
        return process.ExitCode == 0
            ? new Measurement(seconds, usage.CpuSeconds, usage.PeakMegabytes, await output)
            : throw new BenchmarkException(
                $"{program} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {await errors}{await output}"
            );
    }

    private readonly record struct Usage(double CpuSeconds, double PeakMegabytes)
    {
        /// <summary>Null once the process has ended.</summary>
        public static Usage? Read(int process)
        {
            try
            {
                // The fields after the program's name, which is in parentheses and may hold spaces: state is the third of all.
                var stat = File.ReadAllText($"/proc/{process}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
                var peak = File.ReadLines($"/proc/{process}/status")
                    .FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
                return peak is null
                    ? null
                    : new Usage(ticks / TicksPerSecond, long.Parse(peak[6..^2], CultureInfo.InvariantCulture) / 1024.0);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }
}
