using Tradepost.Learning.Numerics;
using Tradepost.Learning.Shrinkage;

namespace Tradepost.Learning.Tests.Shrinkage;

public sealed class ShrunkRatesTests
{
    [Fact]
    public void A_group_lies_between_its_own_rate_and_its_parents()
    {
        ShrunkRates.Mean(default, parent: 0.2, strength: 50).ShouldBe(0.2);
        ShrunkRates.Mean(new RateCounts(40, 100), parent: 0.2, strength: 100).ShouldBe(0.3, 1e-12);
        ShrunkRates.Mean(new RateCounts(4000, 10_000), parent: 0.2, strength: 100).ShouldBe(0.4, 0.003);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(1000)]
    public void The_strength_behind_simulated_groups_is_found(double strength)
    {
        var (groups, parents) = Simulate(strength, seed: 11);

        ShrunkRates.Strength(groups, parents)!.Value.ShouldBe(strength, 0.25 * strength);
    }

    [Fact]
    public void No_other_strength_is_likelier()
    {
        var (groups, parents) = Simulate(strength: 80, seed: 5);

        var found = ShrunkRates.Strength(groups, parents)!.Value;

        var best = ShrunkRates.Likelihood(groups, parents, found);
        for (var other = 1.0; other < 1e6; other *= 1.1)
        {
            ShrunkRates.Likelihood(groups, parents, other).ShouldBeLessThanOrEqualTo(best + 1e-6);
        }
    }

    [Fact]
    public void Groups_that_do_not_differ_are_drawn_together_and_groups_far_apart_stay_so()
    {
        double[] parents = [0.1, 0.1, 0.1, 0.1];

        ShrunkRates
            .Strength([new(100, 1000), new(101, 1000), new(99, 1000), new(100, 1000)], parents)!
            .Value.ShouldBeGreaterThan(0.9 * ShrunkRates.GreatestStrength);
        ShrunkRates.Strength([new(1, 1000), new(400, 1000), new(5, 1000), new(2, 1000)], parents)!.Value.ShouldBeLessThan(30);
    }

    [Fact]
    public void Shrunk_rates_are_nearer_to_the_truth_than_the_groups_own_and_than_their_parents()
    {
        var random = new RandomStream(3);
        var rates = Enumerable.Range(0, 400).Select(_ => 0.1 * Gamma(random, 4) / 4).ToArray();
        var groups = rates.Select(rate => new RateCounts(random.NextPoisson(rate * 60), 60)).ToArray();
        double[] parents = [.. rates.Select(_ => groups.Sum(group => group.Events) / groups.Sum(group => group.Exposure))];

        var strength = ShrunkRates.Strength(groups, parents)!.Value;

        double ErrorOf(Func<int, double> rate) => Enumerable.Range(0, rates.Length).Sum(i => Math.Pow(rate(i) - rates[i], 2));
        var shrunk = ErrorOf(i => ShrunkRates.Mean(groups[i], parents[i], strength));
        shrunk.ShouldBeLessThan(0.8 * ErrorOf(i => groups[i].Events / groups[i].Exposure));
        shrunk.ShouldBeLessThan(0.8 * ErrorOf(i => parents[i]));
    }

    [Fact]
    public void Fewer_than_two_groups_with_exposure_teach_no_strength()
    {
        ShrunkRates.Strength([new(3, 10), default], [0.1, 0.1]).ShouldBeNull();
        Should
            .Throw<ArgumentException>(() => ShrunkRates.Strength([new(3, 10)], [0.1, 0.1]))
            .Message.ShouldStartWith("There are 1 groups and 2 rates of parents.");
    }

    private static (RateCounts[] Groups, double[] Parents) Simulate(double strength, long seed)
    {
        const double Mean = 0.15;
        var random = new RandomStream(seed);
        var groups = Enumerable
            .Range(0, 1500)
            .Select(i =>
            {
                var exposure = 30 + (i % 50 * 20);
                return new RateCounts(random.NextPoisson(Gamma(random, Mean * strength) / strength * exposure), exposure);
            })
            .ToArray();
        return (groups, [.. groups.Select(_ => Mean)]);
    }

    // G. Marsaglia, W. Tsang 2000.
    private static double Gamma(RandomStream random, double shape)
    {
        var d = shape - (1.0 / 3);
        while (true)
        {
            var x = random.NextNormal();
            var v = Math.Pow(1 + (x / Math.Sqrt(9 * d)), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v;
            }
        }
    }
}
