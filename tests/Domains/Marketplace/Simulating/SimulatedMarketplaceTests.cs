using Tradepost.Marketplace.Simulating;

namespace Tradepost.Marketplace.Tests.Simulating;

public sealed class SimulatedMarketplaceTests
{
    [Fact]
    public void Equal_seeds_make_equal_marketplaces_and_other_seeds_others()
    {
        Lines(Simulated.Marketplace(seed: 3, decoys: 1, products: 40))
            .ShouldBe(Lines(Simulated.Marketplace(seed: 3, decoys: 1, products: 40)));
        Lines(Simulated.Marketplace(seed: 3, products: 40)).ShouldNotBe(Lines(Simulated.Marketplace(seed: 4, products: 40)));
    }

    [Fact]
    public void A_product_made_alone_is_the_one_among_all()
    {
        var marketplace = Simulated.Marketplace(seed: 5, decoys: 1, products: 60);

        var alone = Simulated.Marketplace(seed: 5, decoys: 1, products: 60).Product(41);

        alone.Readings.ShouldBe(marketplace.Products().ElementAt(41).Readings);
    }

    [Fact]
    public void What_is_true_is_what_a_shop_could_show()
    {
        foreach (var product in Simulated.Marketplace(seed: 1).Products())
        {
            product.Readings.ShouldBe(product.Truth);
            product.Truth.ShouldAllBe(reading => reading.Price > 0 && reading.Price % 10 == 0);
            product.Truth.ShouldAllBe(reading => reading.Rating == null || (reading.Rating >= 1 && reading.Rating <= 5));
            product.Truth.ShouldAllBe(reading => reading.OldPrice == null || reading.OldPrice >= reading.Price);
            product.Truth.ShouldAllBe(reading => reading.IsAvailable == reading.Merchants > 0);
            product.Truth.ShouldAllBe(reading => reading.IsAvailable || product.Units[reading.Day] == 0);
            product.Units.Take(product.FirstDay).ShouldAllBe(units => units == 0);
        }
    }

    [Fact]
    public void Reviews_come_of_units_at_the_rate_of_the_categories()
    {
        var products = Simulated.Marketplace(seed: 2).Products().Where(product => product.FirstDay == 0).ToList();

        var units = products.Sum(product => product.Units.Sum());
        var reviews = products.Sum(product => product.Truth[^1].Reviews - product.Truth[0].Reviews);

        units.ShouldBeGreaterThan(100_000);
        ((double)reviews / units).ShouldBeInRange(0.015, 0.08);
    }

    [Fact]
    public void A_lower_price_sells_more()
    {
        var products = Simulated.Marketplace(seed: 2).Products().ToList();
        var ratios = new List<double>();
        foreach (var product in products)
        {
            var days = product.Truth.Where(reading => reading.IsAvailable).ToList();
            var typical = days.Select(day => day.Price).Order().ElementAt(days.Count / 2);
            var (cheap, usual) = (days.Where(day => day.Price < 0.8m * typical).ToList(), days.Where(day => day.Price == typical).ToList());
            if (cheap.Count > 4 && usual.Count > 10 && usual.Sum(day => product.Units[day.Day]) > 50)
            {
                ratios.Add(cheap.Average(day => product.Units[day.Day]) / usual.Average(day => product.Units[day.Day]));
            }
        }

        ratios.Count.ShouldBeGreaterThan(20);
        ratios.Order().ElementAt(ratios.Count / 2).ShouldBeInRange(1.2, 2.2);
    }

    [Fact]
    public void A_third_of_the_products_have_sales_that_are_known_week_by_week()
    {
        var products = Simulated.Marketplace(seed: 1).Products().ToList();

        var known = products.Where(product => product.HasKnownSales).ToList();

        ((double)known.Count / products.Count).ShouldBeInRange(0.25, 0.42);
        foreach (var product in known)
        {
            product
                .KnownSales()
                .ShouldAllBe(week => week.Units == product.Units.Skip(week.FirstDay).Take(week.LastDay - week.FirstDay + 1).Sum());
        }
    }

    [Fact]
    public void Every_kind_of_decoy_is_shown_and_differs_from_the_truth()
    {
        var products = Simulated.Marketplace(seed: 7, decoys: 1).Products().ToList();

        products
            .SelectMany(product => product.Planted)
            .Select(decoy => decoy.Kind)
            .Distinct()
            .Order()
            .ShouldBe(Enum.GetValues<DecoyKind>());
        foreach (var product in products)
        {
            var truth = product.Truth.ToDictionary(reading => reading.Day);
            product.Readings.Where(reading => reading != truth[reading.Day]).Select(reading => reading.Day).ShouldBeSubsetOf(DaysOfDecoys);
            product.Planted.ShouldAllBe(decoy => product.Readings.First(reading => reading.Day == decoy.Day) != truth[decoy.Day]);
        }
    }

    private static IEnumerable<int> DaysOfDecoys =>
        Simulated.Marketplace(seed: 7, decoys: 1).Decoys.SelectMany(decoy => Enumerable.Range(decoy.Day, decoy.Length));

    private static List<string> Lines(SimulatedMarketplace marketplace) =>
        [
            .. marketplace
                .Products()
                .SelectMany(product =>
                    product.Readings.Select(reading => $"{product.Sku} {product.Title} {reading} {product.Units[reading.Day]}")
                ),
        ];
}
