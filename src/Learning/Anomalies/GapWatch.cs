namespace Tradepost.Learning.Anomalies;

/// <summary>Knows the usual step between times, and says when one is something else.</summary>
internal sealed class GapWatch
{
    private const double Rate = 0.05;
    private const double Multiple = 2.5;
    private const int LearnedSteps = 3;

    private double usual;
    private long last;
    private long steps = -1;

    /// <summary>The step to this time if it is unusual, else null; then it is known.</summary>
    public TimeSpan? Next(DateTime time)
    {
        var step = time.Ticks - last;
        last = time.Ticks;
        if (++steps == 0)
        {
            return null;
        }

        if (step <= 0)
        {
            return TimeSpan.FromTicks(step);
        }

        var isGap = steps > LearnedSteps && step > Multiple * usual;
        usual = usual == 0 ? step : usual + (Math.Max(Rate, 1.0 / steps) * (Math.Min(step, Multiple * usual) - usual));
        return isGap ? TimeSpan.FromTicks(step) : null;
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(ref usual);
        state.Exchange(ref last);
        state.Exchange(ref steps);
    }
}
