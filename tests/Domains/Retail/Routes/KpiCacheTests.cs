using Tradepost.Retail.Indicators;
using Tradepost.Retail.Routes;

namespace Tradepost.Retail.Tests.Routes;

public sealed class KpiCacheTests
{
    private readonly KpiCache cache = new();
    private int worked;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figures_are_worked_out_once_for_each_load_and_question()
    {
        await AskAsync("1", top: 1);
        await AskAsync("1", top: 1);
        await AskAsync("1", top: 2);
        worked.ShouldBe(2);

        await AskAsync("2", top: 1);

        worked.ShouldBe(3);
    }

    [Fact]
    public async Task Those_who_ask_at_once_wait_for_the_same_work_and_one_who_leaves_does_not_end_it()
    {
        var work = new TaskCompletionSource<KpiResult>();
        using var leaving = new CancellationTokenSource();
        var one = cache.GetAsync("1", new KpiOptions(), () => work.Task, leaving.Token);
        var other = cache.GetAsync("1", new KpiOptions(), () => throw new InvalidOperationException("worked out twice"), Cancellation);

        await leaving.CancelAsync();
        work.SetResult(Result());

        await Should.ThrowAsync<OperationCanceledException>(one);
        (await other).Orders.ShouldBe(7);
    }

    [Fact]
    public async Task What_failed_is_tried_again()
    {
        await Should.ThrowAsync<InvalidOperationException>(
            cache.GetAsync("1", new KpiOptions(), () => throw new InvalidOperationException("away"), Cancellation)
        );

        (await AskAsync("1", top: 10)).Orders.ShouldBe(7);
    }

    private Task<KpiResult> AskAsync(string load, int top) =>
        cache.GetAsync(
            load,
            new KpiOptions { Top = top },
            () =>
            {
                worked++;
                return Task.FromResult(Result());
            },
            Cancellation
        );

    private static KpiResult Result() =>
        new()
        {
            From = null,
            To = null,
            Orders = 7,
            Revenue = 0,
            Margin = 0,
            AverageOrderValue = 0,
            CancellationRate = 0,
            ByPeriod = [],
            ByRegion = [],
            ByManager = [],
            ByCategory = [],
            ByPaymentMethod = [],
            TopProducts = [],
            Cohorts = [],
        };
}
