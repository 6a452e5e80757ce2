using Tradepost.Advertising.Completion;

namespace Tradepost.Advertising.Tests.Completion;

/// <summary>How soon conversions are known.</summary>
public sealed class CompletionCurvesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task The_share_after_some_days_is_what_was_known_then_of_what_was_known_at_last(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);

        // Two days of a campaign, each looked at a day, ten days and thirty days after it; a third is not final yet.
        await LoadAsync(world, "a", "2026-01-01,Spring,100,20");
        await LoadAsync(world, "b", "2026-01-02,Spring,100,40");
        world.Time.Advance(TimeSpan.FromDays(10));
        await LoadAsync(world, "c", "2026-01-01,Spring,100,30\n2026-01-02,Spring,100,75");
        world.Time.Advance(TimeSpan.FromDays(17));
        await LoadAsync(world, "d", "2026-01-01,Spring,100,40\n2026-01-02,Spring,100,80");
        world.Time.Advance(TimeSpan.FromDays(4));
        await LoadAsync(world, "e", "2026-01-30,Spring,100,7");

        var curve = (await new CompletionCurves(world.Store, world.Time).ReadAsync(new CompletionQuery(), Cancellation)).ToDictionary(
            point => point.Days
        );

        (curve[1].Share, curve[1].Samples).ShouldBe((60.0 / 120, 2));
        (curve[1].Lower, curve[1].Upper).ShouldBe((0.5, 0.5)); // both days stood at half
        curve[12].Share.ShouldBe(105.0 / 120);
        curve[12].Lower!.Value.ShouldBeLessThan(105.0 / 120);
        curve[12].Upper!.Value.ShouldBeGreaterThan(105.0 / 120);
        curve[28].Share.ShouldBe(1);
        curve.Values.ShouldAllBe(point => point.Type == "conversions");
        (
            await new CompletionCurves(world.Store, world.Time).ReadAsync(new CompletionQuery { Campaign = "none" }, Cancellation)
        ).ShouldBeEmpty();
    }

    private static Task LoadAsync(AdvertisingWorld world, string name, string rows) =>
        world.LoadAsync(world.Write($"{name}.csv", $"Day,Campaign,Impressions,Conversions\n{rows}\n"));
}
