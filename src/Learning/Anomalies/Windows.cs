using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Tradepost.Learning.Anomalies;

/// <summary>
/// The last values and the last distances from what was expected; means and deviations are summed anew each time, so that no rounding adds
/// up.
/// </summary>
internal sealed class Windows(int shortRows, int longRows)
{
    private readonly double[] values = new double[longRows];
    private readonly double[] surprises = new double[shortRows];
    private int newest = -1;
    private int newestSurprise = -1;
    private int count;

    public void Add(double value, double surprise)
    {
        newest = newest + 1 == longRows ? 0 : newest + 1;
        newestSurprise = newestSurprise + 1 == shortRows ? 0 : newestSurprise + 1;
        values[newest] = value;
        surprises[newestSurprise] = surprise;
        count = Math.Min(count + 1, longRows);
    }

    public double MeanSurprise()
    {
        var (n, sum) = (Math.Min(count, shortRows), 0.0);
        for (var i = 0; i < n; i++)
        {
            sum += surprises[i];
        }

        return sum / n;
    }

    /// <summary>Mean and standard deviation of the short window.</summary>
    public (double Mean, double Deviation) Short()
    {
        var n = Math.Min(count, shortRows);
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            sum += values[Back(i)];
        }

        var mean = sum / n;
        var squares = 0.0;
        for (var i = 0; i < n; i++)
        {
            var distance = values[Back(i)] - mean;
            squares += distance * distance;
        }

        return (mean, Math.Sqrt(squares / n));
    }

    /// <summary>Mean and standard deviation of the long window.</summary>
    public (double Mean, double Deviation) Long()
    {
        var filled = values.AsSpan(0, count);
        var lanes = Vector512<double>.Count;
        ref var first = ref MemoryMarshal.GetReference(filled);
        var sums = Vector512<double>.Zero;
        var i = 0;
        for (; i <= filled.Length - lanes; i += lanes)
        {
            sums += Vector512.LoadUnsafe(ref first, (nuint)i);
        }

        var mean = Vector512.Sum(sums);
        for (var k = i; k < filled.Length; k++)
        {
            mean += filled[k];
        }

        mean /= filled.Length;
        sums = Vector512<double>.Zero;
        for (i = 0; i <= filled.Length - lanes; i += lanes)
        {
            var distance = Vector512.LoadUnsafe(ref first, (nuint)i) - Vector512.Create(mean);
            sums += distance * distance;
        }

        var squares = Vector512.Sum(sums);
        for (; i < filled.Length; i++)
        {
            squares += (filled[i] - mean) * (filled[i] - mean);
        }

        return (mean, Math.Sqrt(squares / filled.Length));
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(values);
        state.Exchange(surprises);
        state.Exchange(ref newest);
        state.Exchange(ref newestSurprise);
        state.Exchange(ref count);
        StateStream.Check(newest, -1, longRows - 1);
        StateStream.Check(newestSurprise, -1, shortRows - 1);
        StateStream.Check(count, 0, longRows);
    }

    private int Back(int steps) => newest >= steps ? newest - steps : newest - steps + longRows;
}
