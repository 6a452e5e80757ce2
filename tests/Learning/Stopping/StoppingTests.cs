namespace Tradepost.Learning.Tests.Stopping;

/// <summary>
/// Whatever takes a token ends without its result when it is cancelled. The calls are found by reflection: a new one without a case fails.
/// </summary>
public sealed class StoppingTests
{
    private static readonly TimeSpan Begun = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Long => [.. StoppableCases.All.Where(one => !one.Value.IsBrief).Select(one => one.Key)];

    public static TheoryData<string> Brief => [.. StoppableCases.All.Where(one => one.Value.IsBrief).Select(one => one.Key)];

    [Fact]
    public void Every_call_that_takes_a_token_has_a_case() =>
        StoppableCases.All.Keys.Select(name => name.Split('#')[0]).Distinct().Order(StringComparer.Ordinal).ShouldBe(PublicCalls.Stoppable);

    [Fact]
    public void Whatever_fits_predicts_forecasts_or_detects_takes_a_token() => PublicCalls.Unstoppable.ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Long))]
    public async Task What_has_begun_ends_soon_when_it_is_cancelled(string name)
    {
        var work = StoppableCases.All[name].Prepare();
        using var stop = new CancellationTokenSource();
        var running = Task.Factory.StartNew(
            () => work(stop.Token),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await Task.WhenAny(running, Task.Delay(Begun, TestContext.Current.CancellationToken));
        running.IsCompleted.ShouldBeFalse($"{name} was over before it could be stopped");

        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Bound, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Brief))]
    public void What_is_brief_looks_at_its_token_too(string name)
    {
        var work = StoppableCases.All[name].Prepare();

        Should.Throw<OperationCanceledException>(() => work(new CancellationToken(canceled: true)));
    }
}
