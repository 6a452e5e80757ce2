using System.Globalization;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Loading;

/// <summary>A real campaign's 1,143 ads beside a plain sum of the file.</summary>
public sealed class CampaignSampleTests
{
    private const string Totals =
        "SELECT sum(impressions), sum(clicks), sum(spend), sum(conversions), sum(approved_conversions) FROM campaign_metrics_now";

    private const string Summary =
        "SELECT campaign_id, \"date\", total_impressions, total_clicks, total_spend, total_conversions FROM daily_campaign_summary ORDER BY 1, 2";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_sample_loads_to_what_a_plain_sum_of_it_says_and_twice_the_same(StoreKind kind)
    {
        var path = SharedData.Path("data/advertising/kag/KAG_conversion_data.csv");
        await using var world = await AdvertisingWorld.CreateAsync(kind);

        var result = await world.LoadAsync(path);
        var totals = await world.LinesAsync(Totals);
        var summary = await world.LinesAsync(Summary);
        var again = await world.LoadAsync(path);

        var file = result.Files.ShouldHaveSingleItem();
        (file.Kind, file.Rows, file.Campaigns, file.KeptAside, file.Totals).ShouldBe(("ads", 1_143, 3, 0, 0));
        (file.Impressions, file.Clicks, file.Spend).ShouldBe((213_434_828, 38_165, 58_705.229958205m));
        (file.Conversions, file.ApprovedConversions).ShouldBe((3_264, 1_079));
        totals.ShouldBe(["213434828 38165 58705.229958205 3264 1079"]);
        summary.ShouldBe(PlainSums(path));
        (again.Changed, again.Files[0].State).ShouldBe((0, "unchanged"));
        (await world.LinesAsync(Summary)).ShouldBe(summary);
    }

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task Twenty_random_pieces_load_to_the_same(StoreKind kind)
    {
        var path = SharedData.Path("data/advertising/kag/KAG_conversion_data.csv");
        await using var world = await AdvertisingWorld.CreateAsync(kind);
        var lines = await File.ReadAllLinesAsync(path, Cancellation);
        var rows = lines[1..];
        new Random(20).Shuffle(rows);

        foreach (var (number, piece) in rows.Chunk((rows.Length / 20) + 1).Index())
        {
            await world.LoadAsync(world.Write($"piece{number}.csv", string.Join('\n', piece.Prepend(lines[0])) + '\n'));
        }

        (await world.LinesAsync(Totals)).ShouldBe(["213434828 38165 58705.229958205 3264 1079"]);
        (await world.LinesAsync(Summary)).ShouldBe(PlainSums(path));
        (await world.LoadAsync(path)).Changed.ShouldBe(0);
    }

    private static IReadOnlyList<string> PlainSums(string path) =>
        [
            .. File.ReadLines(path)
                .Skip(1)
                .Select(line => line.Split(','))
                .GroupBy(cells => (Campaign: cells[2], Day: DateOnly.ParseExact(cells[0], "dd-MM-yyyy", CultureInfo.InvariantCulture)))
                .OrderBy(group => group.Key.Campaign, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Day)
                .Select(group =>
                    string.Join(
                        ' ',
                        group.Key.Campaign,
                        group.Key.Day.ToString("yyyy-MM-dd"),
                        group.Sum(cells => long.Parse(cells[7])).ToString(),
                        group.Sum(cells => long.Parse(cells[8])).ToString(),
                        group.Sum(cells => decimal.Parse(cells[9], CultureInfo.InvariantCulture)).ToString("0.#########"),
                        group.Sum(cells => long.Parse(cells[10])).ToString()
                    )
                ),
        ];
}
