using Tradepost.Learning.Numerics;

namespace Tradepost.Learning.Tests.Numerics;

public sealed class RandomStreamTests
{
    private const int Count = 200_000;

    [Fact]
    public void A_seed_and_a_stream_give_the_same_numbers_again()
    {
        Bits(new RandomStream(5, 3)).ShouldBe(Bits(new RandomStream(5, 3)));
        Bits(new RandomStream(5, 3)).ShouldNotBe(Bits(new RandomStream(5, 2)));
        Bits(new RandomStream(5)).ShouldNotBe(Bits(new RandomStream(6)));
    }

    [Fact]
    public void Distributions_have_their_moments()
    {
        var random = new RandomStream(1);

        Near(Moments(random.NextDouble), (0.5, 1.0 / 12)).ShouldBeTrue();
        Near(Moments(random.NextNormal), (0, 1)).ShouldBeTrue();
        Near(Moments(() => random.NextLaplace(0.5)), (0, 0.5)).ShouldBeTrue();
        Near(Moments(() => random.NextPoisson(40)), (40, 40)).ShouldBeTrue();
        Near(Moments(() => random.NextInt(6)), (2.5, 35.0 / 12)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0.975, 1.959963984540054)]
    [InlineData(0.9, 1.2815515655446004)]
    [InlineData(0.001, -3.090232306167813)]
    public void Normal_quantiles_are_those_of_the_tables(double probability, double value) =>
        NormalDistribution.Quantile(probability).ShouldBe(value, 1e-8);

    [Fact]
    public void Selecting_quantiles_gives_what_sorting_gives()
    {
        var random = new RandomStream(3);
        for (var n = 1; n < 60; n++)
        {
            double[] values = [.. Enumerable.Range(0, n).Select(_ => (double)random.NextInt(20))];
            foreach (var probability in new[] { 0, 0.1, 0.5, 0.9, 1 })
            {
                Quantiles.Select([.. values], probability).ShouldBe(Quantiles.Of(values, probability));
            }
        }
    }

    private static ulong[] Bits(RandomStream random) => [.. Enumerable.Range(0, 10).Select(_ => random.NextBits())];

    private static (double Mean, double Variance) Moments(Func<double> next)
    {
        var values = Enumerable.Range(0, Count).Select(_ => next()).ToList();
        var mean = values.Average();
        return (mean, values.Average(value => (value - mean) * (value - mean)));
    }

    private static bool Near((double Mean, double Variance) a, (double Mean, double Variance) b) =>
        Math.Abs(a.Mean - b.Mean) < 6 * Math.Sqrt(b.Variance / Count) && Math.Abs(a.Variance - b.Variance) < 0.03 * b.Variance;
}
