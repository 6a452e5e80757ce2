namespace Tradepost.Learning.Anomalies;

/// <summary>
/// How widely a feature has spread so far, in three ways: its range, six standard deviations, and the geometric mean of both.
/// </summary>
internal sealed class RunningScale(double forgetting)
{
    private const double Deviations = 6;

    private double least = double.MaxValue;
    private double greatest = double.MinValue;
    private double mean;
    private double variance;
    private long count;

    public double Mean => mean;

    public double Range => count < 2 ? 0 : greatest - least;

    public double Spread => count < 2 ? 0 : Deviations * Math.Sqrt(variance);

    public void Learn(double value)
    {
        if (++count == 1)
        {
            mean = value;
        }

        var rate = Math.Max(1.0 / count, forgetting);
        var distance = value - mean;
        mean += rate * distance;
        variance += rate * ((distance * (value - mean)) - variance);
        least = Math.Min(least, value);
        greatest = Math.Max(greatest, value);
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(ref least);
        state.Exchange(ref greatest);
        state.Exchange(ref mean);
        state.Exchange(ref variance);
        state.Exchange(ref count);
    }
}
