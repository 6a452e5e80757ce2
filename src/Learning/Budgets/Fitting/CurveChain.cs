using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>
/// A Markov chain over the curves of all channels, one channel after the other. With M the projection off constant and controls, k their number and a
/// flat prior of ln σ, the likelihood of the curves alone is |M(y − Σ f)| to the power −(n − k).
/// </summary>
internal sealed class CurveChain
{
    // What hardly varies tells nothing of its curve.
    private const double LeastVariation = 0.01;

    private readonly RandomStream random;
    private readonly Projection projection;
    private readonly double[][] spending;
    private readonly double[] scales;
    private readonly double[][] parts;
    private readonly double[] rest;
    private readonly double[] trial;
    private readonly ChannelProposal[] proposals;
    private readonly double unit;
    private readonly double[] betas;

    public CurveChain(ResponseSeries series, RandomStream random)
    {
        this.random = random;
        projection = new Projection(series.Response.Count, series.Controls);
        rest = [.. series.Response];
        projection.Apply(rest);
        unit = Math.Sqrt(Kernels.Dot(rest, rest) / rest.Length);
        unit = unit > 0 ? unit : 1;
        Sums.Multiply(rest, 1 / unit);
        scales = [.. series.Spending.Select(amounts => amounts.Average())];
        spending = [.. series.Spending.Select((amounts, i) => amounts.Select(amount => amount / scales[i]).ToArray())];
        trial = new double[rest.Length];
        proposals = [.. spending.Select(_ => new ChannelProposal())];
        parts = [.. spending.Select(_ => new double[rest.Length])];
        betas = [.. spending.Select(_ => 1.0)];
        for (var i = 0; i < parts.Length; i++)
        {
            Respond(i, proposals[i].Point, parts[i]);
            betas[i] = 1 / Math.Max(LeastVariation, Math.Sqrt(Kernels.Dot(parts[i], parts[i]) / rest.Length));
            Sums.Multiply(parts[i], betas[i]);
            Kernels.AddScaled(-1, parts[i], rest);
        }
    }

    /// <summary>Gives each channel the chance to move.</summary>
    /// <param name="isLearning">Whether proposals adapt to where the chain has been.</param>
    public void Step(bool isLearning)
    {
        Span<double> point = stackalloc double[CurvePrior.Size];
        for (var i = 0; i < parts.Length; i++)
        {
            var proposal = proposals[i];
            proposal.Propose(random, point);
            Respond(i, point, trial);
            var before = Kernels.Dot(rest, rest);
            Kernels.AddScaled(1, parts[i], rest);
            Kernels.AddScaled(-1, trial, rest);
            var after = Kernels.Dot(rest, rest);
            var freedom = rest.Length - projection.Count;
            var ratio =
                CurvePrior.LogDensity(point)
                - CurvePrior.LogDensity(proposal.Point)
                - (freedom / 2.0 * Math.Log((after + double.Epsilon) / (before + double.Epsilon)));
            if (Math.Log(1 - random.NextDouble()) < ratio)
            {
                trial.CopyTo(parts[i], 0);
                proposal.Accept(point, isLearning);
            }
            else
            {
                Kernels.AddScaled(1, trial, rest);
                Kernels.AddScaled(-1, parts[i], rest);
                proposal.Reject(isLearning);
            }
        }
    }

    /// <summary>The curves where the chain is, in the units of the series.</summary>
    public CurveDraw[] Draw() => [.. proposals.Select((proposal, i) => Draw(proposal.Point, i))];

    private CurveDraw Draw(double[] point, int channel) =>
        new(
            ResponseCurve.Hill(Math.Exp(point[0]) * betas[channel] * unit, Math.Exp(point[1]) * scales[channel], Math.Exp(point[2])),
            CurvePrior.Share(point[3])
        );

    /// <summary>What a channel brings by a curve, projected. Before the first period as much was spent as on average.</summary>
    private void Respond(int channel, ReadOnlySpan<double> point, double[] response)
    {
        var (beta, logKappa, alpha, share) = (
            Math.Exp(point[0]) * betas[channel],
            point[1],
            Math.Exp(point[2]),
            CurvePrior.Share(point[3])
        );
        spending[channel].CopyTo(response, 0);
        Adstock.Apply(response, share, 1 / (1 - share));
        var own = Math.Log(1 - share) - logKappa;
        foreach (ref var amount in response.AsSpan())
        {
            amount = amount > 0 ? beta / (1 + Math.Exp(-alpha * (Math.Log(amount) + own))) : 0;
        }

        projection.Apply(response);
    }
}
