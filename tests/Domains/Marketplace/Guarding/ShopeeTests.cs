using System.Globalization;
using Tradepost.Marketplace.Guarding;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Guarding;

/// <summary>
/// Eight real products. From 2023-02-17 to 2023-04-03 their prices and reviews are made up; on 2021-12-21 the units sold became those of
/// the last 30 days. Between the two everything is true, and so are the days before.
/// </summary>
public sealed class ShopeeTests
{
    private const string SoldChanged = "2021-12-21";

    private static readonly Lazy<IReadOnlyList<(string Sku, int Day, string Features)>> Readings = new(Read);

    private static readonly Lazy<IReadOnlyList<Verdict>> Suspects = new(() => GuardedReadings.Check(Readings.Value));

    [Fact]
    public void Every_day_of_the_poisoned_span_is_found_at_every_product_with_its_price_and_its_reviews()
    {
        var poisoned = Readings.Value.Where(reading => IsPoisoned(reading.Day)).ToList();
        poisoned.Count.ShouldBe(230);

        foreach (var (sku, day, _) in poisoned)
        {
            var fields = Suspects
                .Value.Where(suspect => suspect.Sku == sku && suspect.Day == day)
                .Select(suspect => suspect.Field)
                .ToList();
            fields.ShouldContain(GuardedField.Price, $"{sku} {Date(day)}");
            fields.ShouldContain(GuardedField.Reviews, $"{sku} {Date(day)}");
        }
    }

    [Fact]
    public void The_day_on_which_sold_changed_its_meaning_is_found()
    {
        var changed = Suspects.Value.Where(suspect => suspect.Rule == GuardRule.MeaningChanged).ToList();

        changed.Select(suspect => Date(suspect.Day)).Distinct().ShouldBe([SoldChanged]);
        changed.Select(suspect => suspect.Field).Distinct().ShouldBe([GuardedField.Sold]);
        changed.Count.ShouldBe(3);
    }

    [Fact]
    public void At_most_one_day_of_a_product_in_200_is_suspected_where_all_is_true()
    {
        var clean = Readings.Value.Where(reading => IsClean(reading.Day)).ToList();

        var wrongly = Suspects.Value.Where(suspect => IsClean(suspect.Day)).ToList();

        clean.Count.ShouldBeGreaterThan(1_000);
        var days = wrongly.Select(suspect => (suspect.Sku, suspect.Day)).Distinct().Count();
        days.ShouldBeLessThanOrEqualTo(
            clean.Count / 200,
            string.Join(
                "; ",
                wrongly.Select(suspect => $"{suspect.Sku} {Date(suspect.Day)} {suspect.Field} {suspect.Value} {suspect.Rule}")
            )
        );
    }

    private static bool IsPoisoned(int day) =>
        string.CompareOrdinal(Date(day), "2023-02-17") >= 0 && string.CompareOrdinal(Date(day), "2023-04-03") <= 0;

    private static bool IsClean(int day) => !IsPoisoned(day) && Date(day) != SoldChanged;

    private static string Date(int day) => SuspectValue.DayOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The last reading of each day, prices in the currency.</summary>
    private static IReadOnlyList<(string Sku, int Day, string Features)> Read()
    {
        var readings = new SortedDictionary<(string Sku, int Day), (long Time, string Features)>();
        foreach (var file in Directory.GetFiles(SharedData.Path("data/marketplace/shopee"), "*.csv"))
        {
            foreach (var line in File.ReadLines(file).Skip(1))
            {
                var cells = line.Split(',');
                var day = DateOnly.ParseExact(cells[1], "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber - SuspectValue.EpochDay;
                var (key, time) = ((cells[2], day), long.Parse(cells[0], CultureInfo.InvariantCulture));
                if (!readings.TryGetValue(key, out var before) || before.Time <= time)
                {
                    readings[key] = (time, FeaturesOf(cells));
                }
            }
        }

        return [.. readings.Select(reading => (reading.Key.Sku, reading.Key.Day, reading.Value.Features))];
    }

    private static string FeaturesOf(string[] cells)
    {
        var discount = cells[4].Length == 0 ? "" : $",\"discount\":{cells[4].TrimEnd('%')}";
        return $"{{\"price\":{Money(cells[3])},\"old_price\":{Money(cells[5])},\"sold\":{cells[7]},\"reviews\":{cells[9]}{discount}}}";
    }

    private static string Money(string hundredThousandths) =>
        (decimal.Parse(hundredThousandths, CultureInfo.InvariantCulture) / 100_000m).ToString("0.#####", CultureInfo.InvariantCulture);
}
