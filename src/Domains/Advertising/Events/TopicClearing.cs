using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Advertising.Events;

/// <summary>Has the embedded topic let go what it held when persons were erased, and notes when it has.</summary>
internal sealed class TopicClearing(EventTopic topic, TimeProvider clock)
{
    private const string Open = "SELECT max(erased_at) FROM erasures WHERE topic_cleared_at IS NULL";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private long? looked;
    private (DateTime ErasedUntil, long Before)? clearing;

    /// <summary>Looks for erasures that the topic does not know of, at most once a second, and begins to clear it; whether it did.</summary>
    public async Task<bool> TryBeginAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (clearing is not null || (looked is { } at && clock.GetElapsedTime(at) < BetweenLooks))
        {
            return false;
        }

        looked = clock.GetTimestamp();
        if (await connection.ScalarAsync<DateTime?>(Open, null, cancellationToken) is not { } erasedUntil)
        {
            return false;
        }

        if (await topic.TryLetGoAsync(cancellationToken) is { } before)
        {
            clearing = (erasedUntil, before);
            return true;
        }

        await NoteAsync(connection, erasedUntil, cancellationToken);
        return false;
    }

    /// <summary>Notes it once what was to go is gone: every group passed it, also the one that copies to ClickHouse.</summary>
    public async Task NoteWhenGoneAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (clearing is { } waiting && topic.IsGone(waiting.Before))
        {
            await NoteAsync(connection, waiting.ErasedUntil, cancellationToken);
            clearing = null;
        }
    }

    private Task<int> NoteAsync(DbConnection connection, DateTime erasedUntil, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "UPDATE erasures SET topic_cleared_at = @now WHERE topic_cleared_at IS NULL AND erased_at <= @until",
            new { now = clock.UtcMoment(), until = erasedUntil },
            cancellationToken
        );
}
