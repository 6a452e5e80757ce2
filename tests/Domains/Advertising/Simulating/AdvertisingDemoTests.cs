using Tradepost.Advertising.Completion;
using Tradepost.Advertising.Simulating;

namespace Tradepost.Advertising.Tests.Simulating;

/// <summary>The account of the demo.</summary>
public sealed class AdvertisingDemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StoreKind.DuckDb)]
    [InlineData(StoreKind.Postgres)]
    public async Task It_is_filled_once_with_days_that_were_restated(StoreKind kind)
    {
        await using var world = await AdvertisingWorld.CreateAsync(kind);

        var filled = await AdvertisingDemo.FillAsync(world.Store, world.Time, Cancellation);
        var again = await AdvertisingDemo.FillAsync(world.Store, world.Time, Cancellation);

        (filled.Campaigns, filled.Events).ShouldBe((SimulatedAccount.CampaignCount + 1, 5_000));
        filled.Restated.ShouldBeGreaterThan(100);
        again.ShouldBe(filled);
        var curve = await new CompletionCurves(world.Store, world.Time).ReadAsync(new CompletionQuery(), Cancellation);
        curve[^1].Share.ShouldBe(1);
        curve[0].Share.ShouldBeLessThan(0.8);
    }
}
