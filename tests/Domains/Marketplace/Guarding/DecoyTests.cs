using Tradepost.Marketplace.Guarding;
using Tradepost.Marketplace.Simulating;
using Tradepost.Marketplace.Tests.Simulating;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>What the guard finds in simulated marketplaces of 300 products over 120 days, and what it leaves alone.</summary>
public sealed class DecoyTests
{
    private const int Seeds = 20;

    /// <summary>A decoy counts as found when nearly all of its values are.</summary>
    private const double NearlyAll = 0.9;

    private static readonly Lazy<IReadOnlyList<Checked>> WithDecoys = new(() =>
        [.. Enumerable.Range(1, Seeds).Select(seed => Checked.Of(seed, 1))]
    );

    private static readonly Lazy<IReadOnlyList<Checked>> Clean = new(() => [.. Enumerable.Range(1, 5).Select(seed => Checked.Of(seed, 0))]);

    public static TheoryData<string> Kinds => [.. Enum.GetNames<DecoyKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_decoy_of_each_kind_is_found_in_19_of_20_seeds(string name)
    {
        var kind = Enum.Parse<DecoyKind>(name);

        var found = WithDecoys.Value.Count(world =>
        {
            var planted = world.Planted.Where(decoy => decoy.Kind == kind).ToList();
            return planted.Count > 0 && planted.Count(decoy => world.IsSuspect(decoy)) >= NearlyAll * planted.Count;
        });

        found.ShouldBeGreaterThanOrEqualTo(19);
    }

    [Fact]
    public void Beside_decoys_at_most_one_day_of_a_product_in_200_is_suspected()
    {
        var days = WithDecoys.Value.Sum(world => world.Readings);
        var wrongly = WithDecoys.Value.Sum(world => world.SuspectDays.Except(world.DecoyDays).Count());

        ((double)wrongly / days).ShouldBeLessThanOrEqualTo(1.0 / 200);
    }

    [Fact]
    public void Without_decoys_at_most_one_day_of_a_product_in_2_000_is_suspected()
    {
        var days = Clean.Value.Sum(world => world.Readings);

        ((double)Clean.Value.Sum(world => world.SuspectDays.Count()) / days).ShouldBeLessThanOrEqualTo(1.0 / 2_000);
    }

    [Fact]
    public void A_sale_day_is_none()
    {
        foreach (var world in Clean.Value)
        {
            var saleDays = new[] { 48, 96 };
            var cheaper = world.Products.Sum(product =>
                product.Truth.Count(reading => saleDays.Contains(reading.Day) && reading.Discount >= 10)
            );
            cheaper.ShouldBeGreaterThan(50);

            world.Suspects.Count(suspect => saleDays.Contains(suspect.Day)).ShouldBe(0);
        }
    }

    [Fact]
    public void A_price_cut_of_a_fifth_or_more_is_none()
    {
        foreach (var world in Clean.Value)
        {
            var cuts = 0;
            foreach (var product in world.Products)
            {
                foreach (var (before, after) in product.Truth.Zip(product.Truth.Skip(1)))
                {
                    if (after.Price <= 0.8m * before.Price)
                    {
                        cuts++;
                        world.Suspects.ShouldNotContain(suspect =>
                            suspect.Sku == product.Sku && suspect.Day == after.Day && suspect.Field == GuardedField.Price
                        );
                    }
                }
            }

            cuts.ShouldBeGreaterThan(50);
        }
    }

    [Fact]
    public void A_purge_of_reviews_by_the_platform_is_none()
    {
        const int day = 72;
        foreach (var world in Clean.Value)
        {
            var fallen = world.Products.Count(product =>
                product.Truth.FirstOrDefault(reading => reading.Day == day) is { } after
                && product.Truth.FirstOrDefault(reading => reading.Day == day - 1) is { } before
                && after.Reviews < 0.95 * before.Reviews
            );
            fallen.ShouldBeGreaterThan(30);

            world.Suspects.Count(suspect => suspect.Day == day).ShouldBe(0);
        }
    }

    [Fact]
    public void A_stock_out_and_its_end_are_none()
    {
        foreach (var world in Clean.Value)
        {
            var changes = world
                .Products.SelectMany(product =>
                    product
                        .Truth.Zip(product.Truth.Skip(1))
                        .Where(pair => pair.First.IsAvailable != pair.Second.IsAvailable)
                        .Select(pair => (product.Sku, pair.Second.Day))
                )
                .ToHashSet();
            changes.Count.ShouldBeGreaterThan(100);

            world.Suspects.Count(suspect => changes.Contains((suspect.Sku, suspect.Day))).ShouldBe(0);
        }
    }

    [Fact]
    public void A_new_product_and_one_that_nobody_looked_at_for_30_days_are_none()
    {
        foreach (var world in Clean.Value)
        {
            var isNew = world.Products.Where(product => product.FirstDay > 0).Select(product => product.Sku).ToHashSet();
            var afterGap = world
                .Products.SelectMany(product =>
                    product
                        .Truth.Zip(product.Truth.Skip(1))
                        .Where(pair => pair.Second.Day - pair.First.Day == 31)
                        .Select(pair => (product.Sku, pair.Second.Day))
                )
                .ToHashSet();
            isNew.Count.ShouldBeGreaterThan(10);
            afterGap.Count.ShouldBeGreaterThan(3);

            world.Suspects.Count(suspect => isNew.Contains(suspect.Sku) || afterGap.Contains((suspect.Sku, suspect.Day))).ShouldBe(0);
        }
    }

    [Fact]
    public void Nothing_that_comes_after_a_day_changes_what_was_known_on_it()
    {
        var features = GuardedReadings.Of(Simulated.Marketplace(seed: 4, decoys: 1).Products());
        var all = GuardedReadings.Check(features);
        foreach (var day in new[] { 37, 61, 88 })
        {
            var then = GuardedReadings.Check([.. features.Where(reading => reading.Day <= day)]);

            then.ShouldBe(all.Where(verdict => verdict.KnownOn <= day));
            then.ShouldNotBeEmpty();
        }
    }

    /// <summary>A marketplace and what was found in it.</summary>
    private sealed record Checked(IReadOnlyList<SimulatedProduct> Products, IReadOnlyList<Verdict> Suspects)
    {
        private readonly HashSet<(string Sku, int Day, string Field)> suspect =
        [
            .. Suspects.Select(verdict => (verdict.Sku, verdict.Day, GuardedField.All[verdict.Field].Name)),
        ];

        public int Readings => Products.Sum(product => product.Readings.Count);

        public IEnumerable<(string Sku, int Day, DecoyKind Kind, string Field)> Planted =>
            Products.SelectMany(product => product.Planted.Select(decoy => (product.Sku, decoy.Day, decoy.Kind, decoy.Field)));

        public IEnumerable<(string Sku, int Day)> SuspectDays => Suspects.Select(verdict => (verdict.Sku, verdict.Day)).Distinct();

        /// <summary>Days on which something is shown that is not true.</summary>
        public IEnumerable<(string Sku, int Day)> DecoyDays =>
            Products.SelectMany(product => product.Readings.Except(product.Truth).Select(reading => (product.Sku, reading.Day)));

        public bool IsSuspect((string Sku, int Day, DecoyKind Kind, string Field) decoy) =>
            suspect.Contains((decoy.Sku, decoy.Day, decoy.Field));

        public static Checked Of(int seed, int decoys)
        {
            var products = Simulated.Marketplace(seed, decoys).Products().ToList();
            return new Checked(products, GuardedReadings.Check(GuardedReadings.Of(products)));
        }
    }
}
