namespace Tradepost.Learning.Anomalies;

/// <summary>
/// The interval around what is expected, in units of the mean absolute error: each end moves out after a value beyond it and in after one
/// within, so that the share it promises holds in the long run for any series (I. Gibbs, E. Candès, Adaptive conformal inference
/// under distribution shift, NeurIPS 2021).
/// </summary>
internal sealed class IntervalTracker(double width)
{
    private const double Start = 3.5;
    private const double LeastStep = 0.2;

    private readonly double tail = (1 - width) / 2;
    private double below = Start;
    private double above = Start;
    private long count;

    public (double Lower, double Upper) Around(double expected, double error) => (expected - (below * error), expected + (above * error));

    public void Learn(double residual, double error)
    {
        var step = Math.Max(LeastStep, 1 / Math.Sqrt(++count));
        below = Move(below, -residual > below * error, step);
        above = Move(above, residual > above * error, step);
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(ref below);
        state.Exchange(ref above);
        state.Exchange(ref count);
    }

    private double Move(double end, bool isBeyond, double step) => Math.Max(0, end + (step * (isBeyond ? 1 - tail : -tail)));
}
