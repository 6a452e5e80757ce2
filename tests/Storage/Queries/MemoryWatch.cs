using System.Diagnostics;
using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>The most memory that this process and PostgreSQL's had together while it is not disposed of.</summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task watching;

    public MemoryWatch() => watching = Task.Factory.StartNew(Watch, end.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public long Most { get; private set; }

    public void Dispose()
    {
        end.Cancel();
        watching.Wait();
        end.Dispose();
    }

    private void Watch()
    {
        while (!end.IsCancellationRequested)
        {
            var servers = Process.GetProcessesByName("postgres");
            var all = ProcessMemory.OfThis() + servers.Sum(server => ProcessMemory.Of(server.Id) ?? 0);
            Most = Math.Max(Most, all);
            end.Token.WaitHandle.WaitOne(5);
        }
    }
}
