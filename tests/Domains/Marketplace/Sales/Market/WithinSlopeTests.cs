using Tradepost.Learning.Numerics;
using Tradepost.Marketplace.Sales.Market;

namespace Tradepost.Marketplace.Tests.Sales.Market;

public sealed class WithinSlopeTests
{
    [Theory]
    [InlineData(-2.0)]
    [InlineData(-0.4)]
    [InlineData(0.0)]
    public void Sales_that_follow_prices_exactly_have_the_slope_that_they_were_made_with(double elasticity)
    {
        // Dear products sell much here: between products the slope would be upward.
        var products = Enumerable
            .Range(1, 6)
            .Select(level =>
                (IReadOnlyList<PricedSales>)
                    [
                        .. new[] { 1.0, 1.2, 0.9 }.Select(step => new PricedSales(
                            Math.Log(level * 100 * step),
                            Days: 7 * level,
                            Units: 7 * level * level * 50 * Math.Pow(step, elasticity)
                        )),
                    ]
            )
            .ToList();

        var slope = WithinSlope.Fit(products)!.Value;

        slope.Slope.ShouldBe(elasticity, 1e-6);
        slope.Products.ShouldBe(6);
    }

    [Fact]
    public void Four_in_five_intervals_hold_the_slope_when_sales_vary_more_than_by_chance()
    {
        const double Elasticity = -1.5;
        var random = new RandomStream(5);
        var (held, all) = (0, 400);
        for (var market = 0; market < all; market++)
        {
            var products = Enumerable.Range(0, 12).Select(_ => Product(random, Elasticity)).ToList();
            var slope = WithinSlope.Fit(products)!.Value;
            var reach = StudentT.Reach(slope.Degrees) * slope.Error;
            held += Math.Abs(slope.Slope - Elasticity) <= reach ? 1 : 0;
        }

        ((double)held / all).ShouldBe(0.8, 0.06);
    }

    [Fact]
    public void Without_two_prices_or_without_sales_there_is_no_slope()
    {
        IReadOnlyList<PricedSales> steady = [new(4, 7, 10), new(4, 7, 12)],
            unsold = [new(4, 7, 0), new(4.2, 7, 0)];

        WithinSlope.Fit([]).ShouldBeNull();
        WithinSlope.Fit([steady, steady, unsold]).ShouldBeNull();
    }

    [Fact]
    public void An_interval_of_few_products_reaches_as_far_as_a_table_of_students_distribution_says()
    {
        StudentT.Reach(2).ShouldBe(1.886, 0.007);
        StudentT.Reach(3).ShouldBe(1.638, 0.002);
        StudentT.Reach(10).ShouldBe(1.372, 0.001);
        StudentT.Reach(1000).ShouldBe(1.282, 0.001);
    }

    private static List<PricedSales> Product(RandomStream random, double elasticity)
    {
        var (level, wander) = (Math.Exp(2 + random.NextNormal()), 0.0);
        return
        [
            .. Enumerable
                .Range(0, 16)
                .Select(_ =>
                {
                    var price = random.NextDouble() < 0.3 ? 0.8 : 1.0;
                    wander = (0.6 * wander) + (0.2 * random.NextNormal());
                    return new PricedSales(
                        Math.Log(price),
                        Days: 7,
                        random.NextPoisson(7 * level * Math.Exp(wander) * Math.Pow(price, elasticity))
                    );
                }),
        ];
    }
}
