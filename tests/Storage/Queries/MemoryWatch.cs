using System.Globalization;
using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>
/// By how much this process and the servers that it started grow while it is watched. What other tests left in the process before, and
/// servers of others on the machine, are not what a query took.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private readonly CancellationTokenSource end = new();
    private readonly Task watching;
    private readonly long before;
    private long most;

    public MemoryWatch()
    {
        GC.Collect();
        before = Taken();
        watching = Task.Factory.StartNew(Watch, end.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public long Growth => most - before;

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
            most = Math.Max(most, Taken());
            end.Token.WaitHandle.WaitOne(15);
        }
    }

    private static long Taken() => ProcessMemory.OfThis() + Servers().Sum(server => ProcessMemory.Of(server) ?? 0);

    /// <summary>PostgreSQL's processes of which this one is a forefather.</summary>
    private static IEnumerable<int> Servers()
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && ParentOf(folder) is { } parent)
            {
                parents[id] = parent;
            }
        }

        return parents.Keys.Where(id =>
        {
            for (var one = id; parents.TryGetValue(one, out one); )
            {
                if (one == Environment.ProcessId)
                {
                    return NameOf(id) == "postgres";
                }
            }

            return false;
        });
    }

    // The name, which may hold anything, stands in parentheses before the state and the parent.
    private static int? ParentOf(string folder)
    {
        var text = Read($"{folder}/stat");
        return text.Length == 0 ? null : int.Parse(text[(text.LastIndexOf(')') + 1)..].Split(' ')[2], CultureInfo.InvariantCulture);
    }

    private static string NameOf(int id) => Read($"/proc/{id}/comm").TrimEnd();

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return ""; // it has just ended
        }
    }
}
