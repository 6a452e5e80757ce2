using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

public sealed class MemoryGuardTests
{
    private const long Megabyte = 1L << 20;

    private readonly MemoryGuard guard;
    private long megabytes = 200;

    public MemoryGuardTests() => guard = new MemoryGuard(() => Volatile.Read(ref megabytes) * Megabyte);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_process_takes_while_no_query_runs_holds_up_none()
    {
        for (var i = 0; i < 5; i++)
        {
            using (var query = await guard.EnterAsync(Cancellation))
            {
                query.IsOver.ShouldBeFalse();
            }

            Volatile.Write(ref megabytes, megabytes + 400); // a load, say
        }
    }

    [Fact]
    public async Task A_query_that_grows_too_much_is_stopped_and_no_other_begins_before_its_memory_is_back()
    {
        using (var query = await guard.EnterAsync(Cancellation))
        {
            await GrowAsync(query, 700);
        }

        await Should.ThrowAsync<QueryRefusedException>(() => guard.EnterAsync(Cancellation));
        Volatile.Write(ref megabytes, 300);

        using var next = await guard.EnterAsync(Cancellation);
        next.IsOver.ShouldBeFalse();
    }

    [Fact]
    public async Task What_queries_keep_one_after_the_other_adds_up()
    {
        using (await guard.EnterAsync(Cancellation))
        {
            Volatile.Write(ref megabytes, 500);
        }

        using var next = await guard.EnterAsync(Cancellation);

        await GrowAsync(next, 680);
    }

    [Fact]
    public async Task Who_wants_to_run_alone_waits_for_the_others_and_holds_up_those_who_come_later()
    {
        var first = await guard.EnterAsync(Cancellation);
        var waiting = guard.EnterAloneAsync(Cancellation);
        waiting.IsCompleted.ShouldBeFalse();
        first.Dispose();
        var alone = await waiting;
        var later = guard.EnterAsync(Cancellation);
        later.IsCompleted.ShouldBeFalse();
        alone.Dispose();
        using var last = await later;

        (first.HadCompany, alone.HadCompany, last.HadCompany).ShouldBe((false, false, false));
    }

    [Fact]
    public async Task Two_who_want_to_run_alone_do_so_one_after_the_other()
    {
        var both = new[] { guard.EnterAloneAsync(Cancellation), guard.EnterAloneAsync(Cancellation) };
        var first = await Task.WhenAny(both);
        using (var one = await first)
        {
            both.Count(task => task.IsCompleted).ShouldBe(1);
            one.HadCompany.ShouldBeFalse();
        }

        using var other = await both.Single(task => task != first);
        other.HadCompany.ShouldBeFalse();
    }

    [Fact]
    public async Task What_needs_memory_for_something_else_stops_all_queries_and_holds_up_none()
    {
        using (var one = await guard.EnterAsync(Cancellation))
        using (var other = await guard.EnterAsync(Cancellation))
        {
            guard.MakeRoom();

            (one.IsOver, other.IsOver, one.HadCompany, other.HadCompany).ShouldBe((true, true, true, true));
            one.Token.IsCancellationRequested.ShouldBeTrue();
        }

        using var next = await guard.EnterAsync(Cancellation);
        next.IsOver.ShouldBeFalse();
    }

    private async Task GrowAsync(WatchedQuery query, long to)
    {
        Volatile.Write(ref megabytes, to);
        while (!query.IsOver)
        {
            await Task.Delay(10, Cancellation);
        }
    }
}
