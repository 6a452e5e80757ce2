using Tradepost.Streams.Topics;
using Tradepost.Tests.Support;

namespace Tradepost.Streams.Tests.Topics;

public sealed class LogTopicsTests : TopicContract, IDisposable
{
    private static readonly LogOptions Small = new()
    {
        SegmentBytes = 64 << 10,
        BudgetBytes = 1 << 20,
        GroupInterval = TimeSpan.Zero,
    };

    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_topic_keeps_what_a_group_has_not_committed_and_is_full_when_that_is_too_much()
    {
        await using var topics = new LogTopics(folder.Path, Small, TimeProvider.System);
        await using var reader = topics.Read("events", "slow");
        await topics.PublishAsync("events", Events(0, 1_000), Cancellation);

        var refusal = await Should.ThrowAsync<TopicException>(async () =>
        {
            while (true)
            {
                await topics.PublishAsync("events", Events(0, 1_000), Cancellation);
            }
        });

        refusal.Message.ShouldContain("is full");
        Numbers(await ReadAsync(reader, 1_000, commit: true)).ShouldBe(Enumerable.Range(0, 1_000));
        await ReadAsync(reader, 10_000, commit: true);
        await topics.PublishAsync("events", Events(0, 1_000), Cancellation);
    }

    [Fact]
    public async Task What_was_there_when_a_segment_ended_goes_once_every_group_passed_it_or_is_forgotten()
    {
        await using var topics = new LogTopics(folder.Path, Small, TimeProvider.System);
        await topics.PublishAsync("events", Events(0, 100), Cancellation);
        await topics.Read("events", "gone").DisposeAsync();
        await using var reader = topics.Read("events", "reader");
        var before = await topics.EndSegmentAsync("events", Cancellation);
        await topics.PublishAsync("events", Events(100, 1), Cancellation);

        await ReadAsync(reader, 101, commit: true);
        topics.FirstOf("events").ShouldBe(0);
        topics.Forget("events", "gone").ShouldBeTrue();

        topics.FirstOf("events").ShouldBe(before);
        before.ShouldBe(100);
        topics.Forget("events", "gone").ShouldBeFalse();
    }

    public void Dispose() => folder.Dispose();

    private protected override Task<ITopics> OpenAsync(string topic) =>
        Task.FromResult<ITopics>(new LogTopics(folder.Path, new LogOptions { GroupInterval = TimeSpan.Zero }, TimeProvider.System));
}
