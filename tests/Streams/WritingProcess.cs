using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tradepost.Streams.Tests;

/// <summary>A process of its own that appends numbered records, and prints each position once it is durable.</summary>
internal static class WritingProcess
{
    private const string Variable = "TRADEPOST_TEST_LOG";

    public static byte[] Content(long number) => Encoding.UTF8.GetBytes($"record {number} {new string('x', (int)(number % 300))}");

    /// <summary>Lets one write for a while, kills it with -9, and gives the last position that it had acknowledged; −1 for none.</summary>
    public static async Task<long> RunAndKillAsync(string folder, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(WritingProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = folder;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.StandardOutput.ReadLineAsync(cancellationToken);
        await Task.Delay(lifetime, cancellationToken);
        process.Kill();
        var lines = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Split('\n');
        await process.WaitForExitAsync(cancellationToken);

        // The last line may be cut off by the kill.
        return lines[..^1].Select(line => long.Parse(line, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Last();
    }

    public static async Task<bool> RunIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } folder)
        {
            return false;
        }

        await using var log = DurableLog.Open(
            folder,
            new LogOptions { SegmentBytes = 256 << 10, GroupInterval = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System
        );
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        await output.WriteLineAsync("ready");
        while (true)
        {
            long? last = null;
            for (var i = 0; i < 20; i++)
            {
                last = await log.AppendAsync(Content(log.Next), CancellationToken.None);
            }

            await log.WaitUntilDurableAsync(last!.Value, CancellationToken.None);
            await output.WriteLineAsync(last.Value.ToString());
        }
    }
}
