using System.Globalization;
using System.Text;
using Tradepost.Streams.Topics;

namespace Tradepost.Streams.Tests.Topics;

/// <summary>What holds of topics wherever they are.</summary>
public abstract class TopicContract
{
    private const string Topic = "tradepost.test.events";
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the place, again and again the same one in a test, in which a topic has been made if it has to be.</summary>
    private protected abstract Task<ITopics> OpenAsync(string topic);

    [Fact]
    public async Task Events_are_read_as_they_were_published_and_in_order_by_key()
    {
        await using var topics = await OpenAsync(Topic);
        var big = new byte[500_000];
        new Random(1).NextBytes(big);

        await topics.PublishAsync(Topic, Events(0, 900), Cancellation);
        await topics.PublishAsync(Topic, [], Cancellation);
        await topics.PublishAsync(Topic, Events(900, 100), Cancellation);
        await topics.PublishAsync(
            Topic,
            [new TopicEvent(null, big, [new("Größe", "½"), new("empty", "")]), new TopicEvent("", Array.Empty<byte>())],
            Cancellation
        );

        await using var reader = topics.Read(Topic, "first");
        var read = await ReadAsync(reader, 1_002);
        var numbered = read.Where(received => received.Event.Headers is [{ Key: "number" }]).ToList();
        foreach (var key in numbered.GroupBy(received => received.Event.Key))
        {
            var expected = Enumerable.Range(0, 1_000).Where(i => KeyOf(i) == key.Key);
            key.Select(received => int.Parse(received.Event.Headers[0].Value, CultureInfo.InvariantCulture)).ShouldBe(expected);
            key.Select(received => Encoding.UTF8.GetString(received.Event.Content.Span)).ShouldBe(expected.Select(i => $"event {i}"));
            key.Select(received => received.Partition).Distinct().Count().ShouldBe(1);
        }

        foreach (var partition in read.GroupBy(received => received.Partition))
        {
            partition.Select(received => received.Position).ShouldBe(Enumerable.Range(0, partition.Count()).Select(i => (long)i));
        }

        var other = read.Single(received => received.Event.Headers.Count == 2).Event;
        (other.Key, other.Content.ToArray().AsSpan().SequenceEqual(big)).ShouldBe((null, true));
        other.Headers.ShouldBe([new("Größe", "½"), new("empty", "")]);
        read.Count(received => received.Event is { Key: "", Content.Length: 0 }).ShouldBe(1);
    }

    [Fact]
    public async Task A_group_goes_on_behind_what_it_committed_and_gets_the_rest_again()
    {
        await using (var topics = await OpenAsync(Topic))
        {
            await topics.PublishAsync(Topic, Events(0, 300), Cancellation);
            await using var reader = topics.Read(Topic, "group");
            await ReadAsync(reader, 100, commit: true);
            await ReadAsync(reader, 50);
        }

        await using var again = await OpenAsync(Topic);
        await again.PublishAsync(Topic, Events(300, 100), Cancellation);
        await using var next = again.Read(Topic, "group");
        (await ReadAsync(next, 300)).Count.ShouldBe(300);
        await using var other = again.Read(Topic, "other");
        Numbers(await ReadAsync(other, 400)).ShouldBe(Enumerable.Range(0, 400));
    }

    [Fact]
    public async Task Two_members_of_a_group_share_its_events_and_leave_none_out()
    {
        await using var topics = await OpenAsync(Topic);
        await topics.PublishAsync(Topic, Events(0, 500), Cancellation);
        var first = topics.Read(Topic, "group");
        await using var second = topics.Read(Topic, "group");
        var read = new List<ReceivedEvent>();

        while (Numbers(read).Distinct().Count() < 500)
        {
            foreach (var member in new[] { first, second })
            {
                read.AddRange(await member.ReadAsync(50, TimeSpan.FromMilliseconds(100), Cancellation));
                await member.CommitAsync(Cancellation);
            }
        }

        await first.DisposeAsync();
        await topics.PublishAsync(Topic, Events(500, 100), Cancellation);
        while (Numbers(read).Distinct().Count() < 600)
        {
            read.AddRange(await second.ReadAsync(50, Patience, Cancellation));
            await second.CommitAsync(Cancellation);
        }

        // A member that comes or goes may make some be given again.
        Numbers(read).Distinct().ShouldBe(Enumerable.Range(0, 600));
    }

    [Fact]
    public async Task A_reader_that_is_told_to_stop_stops()
    {
        await using var topics = await OpenAsync(Topic);
        await using var reader = topics.Read(Topic, "group");

        (await reader.ReadAsync(10, TimeSpan.FromMilliseconds(10), Cancellation)).ShouldBeEmpty();
        await reader.CommitAsync(Cancellation);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => reader.ReadAsync(10, TimeSpan.FromMinutes(1), stopped.Token));
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    public async Task A_name_that_no_topic_can_have_is_refused(string name)
    {
        await using var topics = await OpenAsync(Topic);

        await Should.ThrowAsync<ArgumentException>(() => topics.PublishAsync(name, Events(0, 1), Cancellation));
        Should.Throw<ArgumentException>(() => topics.Read(name, "group"));
        Should.Throw<ArgumentException>(() => topics.Read(Topic, name));
    }

    private protected static List<TopicEvent> Events(int first, int count) =>
        [
            .. Enumerable
                .Range(first, count)
                .Select(i => new TopicEvent(KeyOf(i), Encoding.UTF8.GetBytes($"event {i}"), [new("number", i.ToString())])),
        ];

    private protected static IEnumerable<int> Numbers(IEnumerable<ReceivedEvent> read) =>
        read.Select(received => int.Parse(received.Event.Headers[0].Value, CultureInfo.InvariantCulture)).Order();

    /// <summary>Reads until so many have come.</summary>
    private protected static async Task<List<ReceivedEvent>> ReadAsync(ITopicReader reader, int count, bool commit = false)
    {
        var read = new List<ReceivedEvent>();
        while (read.Count < count)
        {
            read.AddRange(await reader.ReadAsync(count - read.Count, Patience, Cancellation));
            if (commit)
            {
                await reader.CommitAsync(Cancellation);
            }
        }

        return read;
    }

    private static string KeyOf(int number) => $"key {number % 7}";
}
