using System.Diagnostics;

namespace Tradepost.Retail.Etl;

/// <summary>How long the steps of a run took; some run beside each other.</summary>
internal sealed class StepTimes(Action<string> announce)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, double> seconds = [];

    public IReadOnlyDictionary<string, double> Seconds
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, double>(seconds);
            }
        }
    }

    public async Task MeasureAsync(string step, Func<Task> action)
    {
        announce(step);
        var start = Stopwatch.GetTimestamp();
        await action();
        lock (gate)
        {
            seconds[step] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }
}
