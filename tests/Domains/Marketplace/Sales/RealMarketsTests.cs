using Tradepost.Marketplace.Sales;

namespace Tradepost.Marketplace.Tests.Sales;

/// <summary>What estimates promise on real marketplaces; docs/marketplace.md has the figures.</summary>
public sealed class RealMarketsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void On_shopee_estimates_beat_last_month_and_one_constant_rolling_in_time()
    {
        var result = LearnedSales.Of(RealMarkets.Shopee()).Judge(30, Token);

        TestContext.Current.TestOutputHelper!.WriteLine(result.ToString());
        result.Windows.ShouldBeGreaterThan(300);
        ShouldBeat(result.Model, result.LastMonth, result.Constant);
    }

    [Fact]
    public void On_shopee_estimates_of_products_never_seen_beat_them_too()
    {
        var figures = LearnedSales.Of(RealMarkets.Shopee()).Judge(30, Token).NewProducts;

        TestContext.Current.TestOutputHelper!.WriteLine(figures.ToString());
        ShouldBeat(figures.Model, figures.LastMonth, figures.Constant);
    }

    [Fact]
    public void On_wish_totals_of_products_that_were_left_out_are_better_than_one_constant()
    {
        var result = LearnedSales.Of(RealMarkets.Wish()).Judge(30, Token);

        TestContext.Current.TestOutputHelper!.WriteLine(result.ToString());
        (result.HorizonDays, result.Windows).ShouldBe((null, 635));
        double.IsNaN(result.LastMonth.Within2).ShouldBeTrue();
        ShouldBeat(result.Model, result.Constant, result.Constant);
    }

    private static void ShouldBeat(EstimateFigures model, EstimateFigures one, EstimateFigures other)
    {
        model.Within2.ShouldBeGreaterThanOrEqualTo(Math.Max(one.Within2, other.Within2));
        model.Within125.ShouldBeGreaterThan(Math.Max(one.Within125, other.Within125));
        model.Pinball.ShouldBeLessThan(Math.Min(one.Pinball, other.Pinball));
        model.Coverage80!.Value.ShouldBeInRange(0.75, 0.85);
    }
}
