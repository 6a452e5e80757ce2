using Tradepost.Storage.Retrying;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Retrying;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

    private readonly ManualTime time = new() { SkipsDelays = true };
    private readonly List<Retry> retries = [];
    private int attempts;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pauses_double_up_to_the_longest_and_the_last_failure_comes_as_it_is()
    {
        var thrown = await Should.ThrowAsync<IOException>(RunAsync(Policy, failures: 5));

        thrown.Message.ShouldBe("attempt 5");
        retries.Select(retry => retry.Pause.TotalSeconds).ShouldBe([1, 2, 4, 5]);
        retries
            .Select(retry => (retry.Attempt, retry.Failure.Message))
            .ShouldBe([(1, "attempt 1"), (2, "attempt 2"), (3, "attempt 3"), (4, "attempt 4")]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public async Task What_succeeds_in_time_gives_its_result_after_as_many_attempts_as_it_took(int failures)
    {
        (await RunAsync(Policy, failures)).ShouldBe(failures + 1);

        retries.Count.ShouldBe(failures);
    }

    [Fact]
    public async Task What_does_not_pass_is_tried_once()
    {
        await Should.ThrowAsync<IOException>(
            Policy.RunAsync<int>("test", _ => Fail(), e => e is TimeoutException, retries.Add, time, Cancellation)
        );
        await Should.ThrowAsync<IOException>(RunAsync(RetryPolicy.Never, failures: 9));

        attempts.ShouldBe(2);
        retries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_an_end_it_goes_on_until_it_is_done() =>
        (await RunAsync(RetryPolicy.Endless(TimeSpan.FromSeconds(1)), failures: 500)).ShouldBe(501);

    [Fact]
    public async Task A_pause_ends_with_the_token()
    {
        using var stopping = new CancellationTokenSource();
        var running = RetryPolicy
            .Endless(TimeSpan.FromHours(1))
            .RunAsync<int>("test", _ => Fail(), _ => true, _ => stopping.Cancel(), new ManualTime(), stopping.Token);

        await Should.ThrowAsync<OperationCanceledException>(running);
        attempts.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 8, 8)]
    [InlineData(0.5, 4, 8)]
    [InlineData(1, 0, 8)]
    public void Chance_takes_a_share_of_each_pause(double jitter, double least, double most)
    {
        var policy = new RetryPolicy(9, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)) { Jitter = jitter };

        var pauses = Enumerable.Range(0, 200).Select(_ => policy.PauseAfter(4).TotalSeconds).ToList();

        pauses.ShouldAllBe(pause => pause >= least && pause <= most);
        pauses.Distinct().Count().ShouldBeInRange(jitter > 0 ? 100 : 1, jitter > 0 ? 200 : 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(40, 30)]
    [InlineData(int.MaxValue, 30)]
    public void No_count_of_attempts_is_too_large(int attempt, double seconds) =>
        new RetryPolicy(9, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30)).PauseAfter(attempt).TotalSeconds.ShouldBe(seconds);

    private Task<int> RunAsync(RetryPolicy policy, int failures) =>
        policy.RunAsync(
            "test",
            _ => attempts < failures ? Fail() : Task.FromResult(++attempts),
            _ => true,
            retries.Add,
            time,
            Cancellation
        );

    private Task<int> Fail() => Task.FromException<int>(new IOException($"attempt {++attempts}"));
}
