namespace Tradepost.Trading.Collecting;

/// <summary>Pauses between attempts to connect: up to 1, 2, 4 … 32 s, any length up to that, so that many collectors do not come back at once.</summary>
internal sealed class Backoff(Random random)
{
    private const int Most = 5;

    private int failures;

    public TimeSpan Next() => TimeSpan.FromSeconds((1 << Math.Min(failures++, Most)) * random.NextDouble());

    /// <summary>Called by data alone: a connection that is accepted and brings nothing is no success.</summary>
    public void Reset() => failures = 0;
}
