using Tradepost.Marketplace.Sales;

namespace Tradepost.Marketplace.Tests.Sales;

public sealed class SimulatedSalesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Four_in_five_true_units_lie_in_their_interval()
    {
        var (known, unseen) = (new Tally(), new Tally());
        for (var seed = 1; seed <= 5; seed++)
        {
            var market = new SimulatedSales(seed);
            for (var day = 80; day < market.Days; day += 8)
            {
                var estimator = new SalesEstimator(LearnedSales.Of(market.History(day - 1)), SimulatedSales.First.AddDays(day), [7], Token);
                foreach (var product in market.Products)
                {
                    var row = estimator.Estimate(SimulatedSales.Seen(product, day));
                    if (row.Units is not null)
                    {
                        (product.IsKnown ? known : unseen).Add(product.Units[day] >= row.Lower && product.Units[day] <= row.Upper);
                    }
                }
            }
        }

        known.Share.ShouldBe(0.8, 0.05);
        unseen.Share.ShouldBe(0.8, 0.05);
        (known.Count + unseen.Count).ShouldBeGreaterThan(1500);
    }

    [Fact]
    public void Forecasts_hold_four_in_five_of_what_came()
    {
        var week = new Tally();
        for (var seed = 1; seed <= 5; seed++)
        {
            var market = new SimulatedSales(seed);
            for (var day = 80; day < market.Days - 7; day += 8)
            {
                var estimator = new SalesEstimator(LearnedSales.Of(market.History(day)), SimulatedSales.First.AddDays(day), [7], Token);
                foreach (var product in market.Products)
                {
                    if (estimator.Estimate(SimulatedSales.Seen(product, day)).Forecast is [var forecast])
                    {
                        var came = product.Units.AsSpan(day + 1, 7).ToArray().Sum();
                        week.Add(came >= forecast.Lower && came <= forecast.Upper);
                    }
                }
            }
        }

        week.Share.ShouldBe(0.8, 0.05);
    }

    [Fact]
    public void Estimates_of_products_never_seen_are_better_than_one_constant()
    {
        var market = new SimulatedSales(seed: 3, products: 300);

        var figures = LearnedSales.Of(market.History(market.Days - 1)).Judge(30, Token).NewProducts;

        figures.Model.Within2.ShouldBeGreaterThanOrEqualTo(figures.Constant.Within2);
        figures.Model.Within125.ShouldBeGreaterThan(figures.Constant.Within125);
        figures.Model.Pinball.ShouldBeLessThan(figures.Constant.Pinball);
    }

    [Fact]
    public void The_estimate_of_an_unknown_product_comes_from_its_brand_then_its_category_then_the_marketplace()
    {
        var market = new SimulatedSales(seed: 1);
        var estimator = new SalesEstimator(LearnedSales.Of(market.History(100)), SimulatedSales.First.AddDays(100), [7, 30], Token);
        var seen = SimulatedSales.Seen(market.Products[0], 100);

        SalesReason ReasonOf(SeenProduct product) => estimator.Estimate(product).Reason;

        ReasonOf(seen).ShouldBe(SalesReason.ProductShare);
        ReasonOf(seen with { Sku = "new" }).ShouldBe(SalesReason.BrandShare);
        ReasonOf(seen with { Sku = "new", Brand = "new" }).ShouldBe(SalesReason.CategoryShare);
        ReasonOf(seen with { Sku = "new", Brand = null, Category = null }).ShouldBe(SalesReason.MarketplaceShare);
        ReasonOf(seen with { Count = new ReviewCount(2, 30, 0) }).ShouldBe(SalesReason.NotEnoughData);
        ReasonOf(seen with { Count = new ReviewCount(20, 6, 0) }).ShouldBe(SalesReason.NotEnoughData);
        ReasonOf(seen with { Last = seen.Last - 8 }).ShouldBe(SalesReason.NotEnoughData);
        ReasonOf(seen with { Last = null }).ShouldBe(SalesReason.NotEnoughData);
    }

    [Fact]
    public void Without_known_sales_three_in_a_hundred_buyers_are_assumed_to_write_and_the_interval_is_wide()
    {
        var estimator = new SalesEstimator(learned: null, SimulatedSales.First, [30], Token);
        var day = SimulatedSales.Number(0);

        var row = estimator.Estimate(
            new SeenProduct("a", Brand: null, Category: null, day - 40, day, new ReviewCount(90, 30, 0), 500, Price: 2)
        );

        (row.Reason, row.Units, row.Revenue, row.Days).ShouldBe((SalesReason.PriorShare, 100, 200, 1));
        row.Lower!.Value.ShouldBeLessThan(20);
        row.Upper!.Value.ShouldBeGreaterThan(250);
        row.Forecast.Single().Units.ShouldBe(3000);
    }

    private sealed class Tally
    {
        private int within;

        public int Count { get; private set; }

        public double Share => (double)within / Count;

        public void Add(bool isWithin)
        {
            Count++;
            within += isWithin ? 1 : 0;
        }
    }
}
