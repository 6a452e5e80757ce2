using System.Diagnostics;

namespace Tradepost.Benchmarks.Api;

/// <summary>A server under measurement: its process, where it answers, and a token it takes.</summary>
internal sealed class HttpServer(string name, Process process, string address, string token) : IDisposable
{
    public string Name { get; } = name;

    public string Address { get; } = address;

    public string Token { get; } = token;

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
