using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Guarding;

/// <summary>A counter that grows, as far as it was believed: how fast it grew, and what may come next.</summary>
internal sealed class CounterPast
{
    private const int Kept = 60;

    /// <summary>Steps after which a product's own pace is known.</summary>
    private const int LeastSteps = 7;

    /// <summary>Readings that go on from each other at another level make it the true one.</summary>
    private const int ReadingsOfNewLevel = 5;

    private readonly double[] paces = new double[Kept];
    private readonly double[] sorted = new double[Kept];
    private int steps;
    private double last;
    private int lastDay;
    private bool isBegun;
    private (double Value, int Day, int Length) other;

    public void Clear()
    {
        (isBegun, steps) = (false, 0);
        other = default;
    }

    /// <summary>Whether there is a value to compare with.</summary>
    public bool IsBegun => isBegun;

    /// <summary>The last value that was believed.</summary>
    public double Last => last;

    /// <summary>The day of it.</summary>
    public int LastDay => lastDay;

    /// <summary>
    /// The most that a reading may be: three days at the fastest pace of the past and the rest of the time at four times the usual one.
    /// Infinite while the pace is not known.
    /// </summary>
    public double MostOn(int day) => last + MostOf(Math.Max(1, day - lastDay));

    /// <summary>Takes a value that is believed.</summary>
    public void Believe(double value, int day)
    {
        if (isBegun && day > lastDay && value >= last)
        {
            paces[steps++ % Kept] = (value - last) / (day - lastDay);
        }

        (last, lastDay, isBegun) = (value, day, true);
        other = default;
    }

    /// <summary>Takes a value that is not believed; true when it has gone on for so long from others like it that it has to be.</summary>
    public bool Doubt(double value, int day)
    {
        var goesOn =
            other.Length > 0
            && value >= other.Value - CrossSection.ToleratedFall(other.Value)
            && value <= other.Value + MostOf(Math.Max(1, day - other.Day));
        other = (value, day, goesOn ? other.Length + 1 : 1);
        return other.Length >= ReadingsOfNewLevel;
    }

    private double MostOf(int days)
    {
        if (steps < LeastSteps)
        {
            return double.PositiveInfinity;
        }

        var count = Math.Min(steps, Kept);
        Array.Copy(paces, sorted, count);
        Array.Sort(sorted, 0, count);
        var known = sorted.AsSpan(0, count);
        var sum = 0.0;
        foreach (var pace in known)
        {
            sum += pace;
        }

        var fastest = Math.Max(3, Quantiles.OfSorted(known, 0.99));
        return 10 + (3 * fastest * Math.Min(days, 3)) + (4 * sum / count * days);
    }
}
