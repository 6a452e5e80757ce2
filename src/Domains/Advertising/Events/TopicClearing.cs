using System.Data.Common;
using Tradepost.Storage;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>Has the embedded topic let go what it held when persons were erased, and notes when it has.</summary>
internal sealed class TopicClearing(EventTopic topic, TimeProvider clock)
{
    private const string Open = "SELECT max(erased_at) FROM erasures WHERE topic_cleared_at IS NULL";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private long? looked;
    private DateTime? clearing;

    /// <summary>Looks for erasures that the topic does not know of, at most once a second, and begins to clear it; whether it did.</summary>
    public async Task<bool> TryBeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (clearing is not null || (looked is { } at && clock.GetElapsedTime(at) < BetweenLooks))
        {
            return false;
        }

        looked = clock.GetTimestamp();
        clearing = await connection.ScalarAsync<DateTime?>(Open, null, cancellationToken);
        if (clearing is null)
        {
            return false;
        }

        if (await topic.TryLetGoAsync(cancellationToken))
        {
            return true;
        }

        await NoteAsync(connection, cancellationToken);
        return false;
    }

    /// <summary>Told of records that were counted and committed.</summary>
    public Task PassedAsync(DbConnection connection, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellationToken) =>
        clearing is not null && events.Any(one => one.Event.Headers.Any(header => header is { Value: EventTopic.Mark }))
            ? NoteAsync(connection, cancellationToken)
            : Task.CompletedTask;

    private async Task NoteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            "UPDATE erasures SET topic_cleared_at = @now WHERE topic_cleared_at IS NULL AND erased_at <= @until",
            new { now = clock.UtcMoment(), until = clearing },
            cancellationToken
        );
        clearing = null;
    }
}
