using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>
/// Fits Hill curves with geometric adstock to series: response = constant + controls + Σ β aᵅ/(aᵅ + κᵅ) + noise, with a the spending after adstock with
/// weights that sum to 1 (as Meridian's; Y. Jin and others, "Bayesian Methods for Media Mix Modeling with Carryover and Shape Effects", Google 2017). The
/// constant, the controls and the noise are integrated out; β, κ, α and the share of each channel are drawn by adaptive Metropolis steps (H. Haario,
/// E. Saksman, J. Tamminen, Bernoulli 7, 2001). The same on every machine for the same seed. Thread safe.
/// </summary>
public static class ResponseFitter
{
    /// <summary>Fits.</summary>
    /// <param name="series">At least 10 periods more than there are channels, controls and the constant.</param>
    /// <param name="options">How; null: as usual.</param>
    /// <param name="cancellationToken">Stops the chain.</param>
    /// <exception cref="ArgumentException">Too few periods, lengths that differ, numbers that cannot be, or an option out of its range.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ResponseFit Fit(ResponseSeries series, ResponseFitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(series);
        options ??= new ResponseFitOptions();
        ResponseRules.Check(series, options);
        var random = new RandomStream(options.Seed);
        var chain = new CurveChain(series, random);
        for (var step = 0; step < options.WarmUp; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chain.Step(isLearning: true);
        }

        var draws = new List<CurveDraw[]>();
        while (draws.Count < options.Draws)
        {
            for (var step = 0; step < options.Thinning; step++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                chain.Step(isLearning: false);
            }

            draws.Add(chain.Draw());
        }

        return new ResponseFit([.. draws]);
    }
}
