using System.Text;
using Tradepost.Marketplace.Loading;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>What rows are of, counted while they pass.</summary>
public sealed class RowTallyTests
{
    [Theory]
    [InlineData("by product")]
    [InlineData("by day")]
    [InlineData("shuffled")]
    public void Counts_are_exact_and_a_repetition_is_seen_also_beyond_what_is_remembered(string order)
    {
        var rows = Rows(order);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var repeated = seed == 0 ? -1 : random.Next(1, rows.Count);
            var tally = new RowTally(remembered: 50);
            var isDistinct = true;
            for (var i = 0; i < rows.Count; i++)
            {
                var (sku, day) = i == repeated ? rows[random.Next(i)] : rows[i];
                isDistinct = tally.Add(Encoding.UTF8.GetBytes(sku), day);
            }

            isDistinct.ShouldBe(repeated < 0, $"seed {seed}");
            if (repeated < 0)
            {
                (tally.Products, tally.Days).ShouldBe((40, 400));
            }
        }
    }

    private static List<(string Sku, int Day)> Rows(string order)
    {
        var all = Enumerable.Range(0, 40).SelectMany(sku => Enumerable.Range(100, 10).Select(day => ($"product number {sku}", day)));
        return order switch
        {
            "by product" => [.. all],
            "by day" => [.. all.OrderBy(row => row.day)],
            _ => [.. all.OrderBy(row => HashCode.Combine(row.day * 7919, row.Item1.Length, row.Item1[^1]))],
        };
    }
}
