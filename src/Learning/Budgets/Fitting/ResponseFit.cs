using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>Curves of channels as far as the series tell them: draws from their joint distribution. Immutable, for use by any threads.</summary>
public sealed class ResponseFit
{
    private readonly CurveDraw[][] draws;

    internal ResponseFit(CurveDraw[][] draws) => this.draws = draws;

    /// <summary>How many channels there are.</summary>
    public int Channels => draws[0].Length;

    /// <summary>The draws of a channel; draws with the same index belong together.</summary>
    public IReadOnlyList<CurveDraw> DrawsOf(int channel) => [.. draws.Select(draw => draw[channel])];

    /// <summary>
    /// One curve that stands for a channel in a plan: β, κ and α at the means of their logarithms, scaled so that it expects what the draws expect at an
    /// amount.
    /// </summary>
    /// <param name="channel">Its index.</param>
    /// <param name="amount">Above 0; such as what is spent now.</param>
    public ResponseCurve CurveOf(int channel, double amount)
    {
        var (kappa, alpha) = (
            Math.Exp(draws.Average(draw => Math.Log(draw[channel].Curve.Kappa))),
            Math.Exp(draws.Average(draw => Math.Log(draw[channel].Curve.Alpha)))
        );
        var shape = ResponseCurve.Hill(1, kappa, alpha);
        return ResponseCurve.Hill(Band(channel, amount, 0.5).Mean / shape.Value(amount), kappa, alpha);
    }

    /// <summary>The response of a channel to a steady amount.</summary>
    /// <param name="channel">Its index.</param>
    /// <param name="amount">0 or more.</param>
    /// <param name="level">How probable the band is, between 0 and 1.</param>
    public CurveBand Band(int channel, double amount, double level = 0.8) =>
        Band([.. draws.Select(draw => draw[channel].Curve.Value(amount))], level);

    /// <summary>What all channels together bring more under one division than under another, per period.</summary>
    /// <param name="from">An amount per channel.</param>
    /// <param name="to">The other amounts.</param>
    /// <param name="level">How probable the band is, between 0 and 1.</param>
    /// <exception cref="ArgumentException">Not as many amounts as channels.</exception>
    public CurveBand Gain(IReadOnlyList<double> from, IReadOnlyList<double> to, double level = 0.8)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Count != Channels || to.Count != Channels)
        {
            throw new ArgumentException($"There are {Channels} channels, and {from.Count} and {to.Count} amounts.", nameof(to));
        }

        return Band(
            [.. draws.Select(draw => draw.Select((one, channel) => one.Curve.Value(to[channel]) - one.Curve.Value(from[channel])).Sum())],
            level
        );
    }

    private static CurveBand Band(double[] values, double level)
    {
        Array.Sort(values);
        return new CurveBand(Sums.Mean(values), Quantiles.OfSorted(values, (1 - level) / 2), Quantiles.OfSorted(values, (1 + level) / 2));
    }
}
