using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Budgets.Solving;

/// <summary>
/// The least concave function on the steps from <see cref="Lo"/> to <see cref="Hi"/> that is nowhere below a curve: a line from Lo to
/// <see cref="Turn"/>, then the curve. Where the curve is concave from Lo on, Turn is Lo.
/// </summary>
internal readonly struct Envelope
{
    private readonly ResponseCurve curve;
    private readonly double step;

    private Envelope(ResponseCurve curve, double step, long lo, long hi, long turn, double slope) =>
        (this.curve, this.step, Lo, Hi, Turn, Slope) = (curve, step, lo, hi, turn, slope);

    public long Lo { get; }

    public long Hi { get; }

    public long Turn { get; }

    /// <summary>Value per currency along the line; of a curve that is one, its own.</summary>
    public double Slope { get; }

    public bool HasLine => Turn > Lo;

    /// <summary>Whether the demand for it jumps at a price, its slope.</summary>
    public bool Jumps => HasLine || Slope > 0;

    public static Envelope Of(ResponseCurve curve, double step, long lo, long hi)
    {
        if (lo >= hi || lo * step >= curve.Inflexion)
        {
            var isLinear = curve is { Kind: CurveKind.Power, Alpha: 1 };
            return new Envelope(curve, step, lo, hi, lo, isLinear ? curve.Beta : 0);
        }

        var turn = hi;
        if (!double.IsInfinity(curve.Inflexion))
        {
            // Slopes of lines from Lo rise up to the touching point and fall from there on: the best step is beside it.
            var near = Math.Floor(curve.Touching(lo * step) / step);
            var first = near >= hi ? hi : Math.Clamp((long)near, lo + 1, hi);
            turn = first < hi && SlopeOf(curve, step, lo, first + 1) > SlopeOf(curve, step, lo, first) ? first + 1 : first;
        }

        return new Envelope(curve, step, lo, hi, turn, SlopeOf(curve, step, lo, turn));
    }

    /// <summary>Steps that are worth a price per currency: those beyond bring less.</summary>
    public long Demand(double price)
    {
        if (price <= 0)
        {
            return Hi;
        }

        if (HasLine && price > Slope)
        {
            return Lo;
        }

        var units = Math.Floor(curve.AmountAt(price) / step);
        return units >= Hi ? Hi
            : units <= Turn ? Turn
            : (long)units;
    }

    /// <summary>Value per currency of so many steps more.</summary>
    public double Rise(long units, long more)
    {
        if (units >= Turn)
        {
            return curve.Gain(units * step, more * step) / (more * step);
        }

        var onLine = Math.Min(more, Turn - units);
        return onLine == more ? Slope : ((Slope * onLine) + (curve.Gain(Turn * step, (more - onLine) * step) / step)) / more;
    }

    /// <summary>How far it is above the curve.</summary>
    public double Excess(long units) =>
        units > Lo && units < Turn ? Math.Max(0, (Slope * ((units - Lo) * step)) - curve.Gain(Lo * step, (units - Lo) * step)) : 0;

    private static double SlopeOf(ResponseCurve curve, double step, long lo, long units) =>
        curve.Gain(lo * step, (units - lo) * step) / ((units - lo) * step);
}
