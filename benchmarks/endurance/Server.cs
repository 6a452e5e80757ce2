using System.Diagnostics;
using System.Globalization;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>A running <c>serve</c> with its worker and its scheduler.</summary>
internal sealed class Server : IDisposable
{
    private const string Listens = "listens on ";
    private const string Welcome = "/welcome#";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private Server(Process process) => this.process = process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>What the link holds that the first start prints.</summary>
    public string Code { get; private set; } = "";

    public int OpenFiles => Directory.GetFileSystemEntries($"/proc/{process.Id}/fd").Length;

    /// <summary>The resident set.</summary>
    public double Megabytes =>
        long.Parse(
            File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2],
            CultureInfo.InvariantCulture
        ) / 1024.0;

    public static async Task<Server> StartAsync(Site site, CancellationToken cancellationToken)
    {
        var server = new Server(Process.Start(site.Serve()) ?? throw new BenchmarkException("tradepost serve did not start."));
        try
        {
            await server.ListenAsync(needsCode: !site.HasUsers, cancellationToken);
            _ = server.KeepLogAsync($"{site.Data}.log");
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Kill() => process.Kill();

    /// <summary>Sends SIGTERM and gives the seconds until the process has ended.</summary>
    public async Task<double> StopAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString()]))
        {
            await kill.WaitForExitAsync(cancellationToken);
        }

        await process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        return Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
    }

    private async Task ListenAsync(bool needsCode, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        var listens = false;
        while (!listens || (needsCode && Code.Length == 0))
        {
            var line = await process.StandardError.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken)
                ?? throw new BenchmarkException($"tradepost serve ended: {string.Join(' ', said)}");
            said.Add(line);
            if (line.IndexOf(Listens, StringComparison.Ordinal) is >= 0 and var at)
            {
                (Address, listens) = (new Uri(line[(at + Listens.Length)..].Trim()), true);
            }

            Code = line.Contains(Welcome, StringComparison.Ordinal)
                ? line[(line.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim()
                : Code;
        }

        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }

    // Beside the data, for whoever wants to know why a check failed.
    private async Task KeepLogAsync(string file)
    {
        await using var log = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        await process.StandardError.BaseStream.CopyToAsync(log);
    }
}
