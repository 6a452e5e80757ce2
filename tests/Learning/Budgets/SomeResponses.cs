using Tradepost.Learning.Budgets.Curves;
using Tradepost.Learning.Budgets.Fitting;
using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>Series that known curves made.</summary>
/// <param name="Series">What a fit sees.</param>
/// <param name="Truth">The curves behind it, to steady spending.</param>
internal sealed record SomeResponses(ResponseSeries Series, ResponseCurve[] Truth)
{
    private const double NoiseShare = 0.5;

    /// <summary>Spending by chance, too.</summary>
    public static SomeResponses Of(RandomStream random, int periods, int channels) =>
        Of(
            random,
            [
                .. Enumerable
                    .Range(0, channels)
                    .Select(_ => Enumerable.Range(0, periods).Select(_ => Math.Exp(random.NextNormal())).ToArray()),
            ],
            []
        );

    /// <summary>
    /// Curves, adstock and noise by chance over spending that there is: a level, a rising trend, and noise with half the standard deviation of what the
    /// channels bring.
    /// </summary>
    public static SomeResponses Of(RandomStream random, double[][] spending, double[][] controls)
    {
        var periods = spending[0].Length;
        var (truth, response) = (new ResponseCurve[spending.Length], new double[periods]);
        for (var i = 0; i < spending.Length; i++)
        {
            var share = (random.NextDouble() + random.NextDouble()) / 2;
            var mean = spending[i].Average();
            truth[i] = ResponseCurve.Hill(
                500 + (1500 * random.NextDouble()),
                mean * Math.Exp(0.7 * random.NextNormal()),
                Math.Exp(0.2 + (0.5 * random.NextNormal()))
            );
            var works = (double[])spending[i].Clone();
            Adstock.Apply(works, share, mean / (1 - share));
            for (var t = 0; t < periods; t++)
            {
                response[t] += truth[i].Value(works[t] * (1 - share));
            }
        }

        var level = response.Average();
        var noise = NoiseShare * Math.Sqrt(response.Average(value => (value - level) * (value - level)));
        for (var t = 0; t < periods; t++)
        {
            response[t] += 3000 + t + (noise * random.NextNormal());
        }

        return new SomeResponses(
            new ResponseSeries
            {
                Response = response,
                Spending = spending,
                Controls = [.. controls, [.. Enumerable.Range(0, periods).Select(t => (double)t)]],
            },
            truth
        );
    }
}
