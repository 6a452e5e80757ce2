using System.Data.Common;
using Tradepost.Advertising.Knowledge;
using Tradepost.Advertising.Metrics;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Events;

/// <summary>
/// Writes what came into the topic into the store, a part in a transaction: events by their ids and, added to what is known of their days,
/// those of them that were new. Written again, they change nothing.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="clock">The time.</param>
/// <param name="keptFor">How long events are kept: older ones, whose ids may be forgotten, are not counted.</param>
internal sealed class EventWrite(Store store, TimeProvider clock, TimeSpan keptFor)
{
    private const string Rows = "event_rows";
    private const string Sums = "event_sums";
    private const string Folder = "Events/Counting";

    private static readonly Column[] Columns =
    [
        new("id", ColumnType.Text, IsNullable: false),
        new("type", ColumnType.Text, IsNullable: false),
        new("happened_at", ColumnType.Timestamp, IsNullable: false),
        new("campaign_id", ColumnType.Text, IsNullable: false),
        new("ad_id", ColumnType.Text, IsNullable: false),
        new("user_id", ColumnType.Text, IsNullable: false),
        Column.Decimal("value", ReportedRows.MoneyPrecision, ReportedRows.MoneyScale, isNullable: false),
        new("currency", ColumnType.Text),
        new("received_at", ColumnType.Timestamp, IsNullable: false),
        new("place", ColumnType.BigInt, IsNullable: false),
    ];

    private readonly string[] statements =
    [
        .. SqlScript
            .Load(typeof(EventWrite).Assembly, $"{Folder}/count.sql")
            .For(
                store.Dialect,
                new Dictionary<string, Func<string, string>>
                {
                    ["sums"] = _ =>
                        EventSums.Of("date_trunc('day', happened_at)", "ad_events WHERE counted_at = CAST(@now AS timestamp)", "bigint"),
                }
            )
            .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
    ];

    private DateTime last;

    /// <summary>Writes what was received.</summary>
    /// <param name="connection">A session that nobody else uses meanwhile.</param>
    /// <param name="received">In the order of the topic.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    public async Task<CountedEvents> WriteAsync(
        DbConnection connection,
        IReadOnlyList<ReceivedEvent> received,
        CancellationToken cancellationToken
    )
    {
        var (events, notices, rejects) = EventRecords.Of(received, clock, keptFor);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var erased = await ErasedPersons.ReadAsync(connection, cancellationToken);
        var kept = events.Where(one => !erased.Covers(one.UserId, one.ReceivedAt)).ToList();
        var now = await NextAsync(connection, cancellationToken);
        await DropAsync(connection, cancellationToken);
        await StageAsync(connection, kept, cancellationToken);
        var counted = 0;
        foreach (var (text, index) in statements.Select((text, index) => (text, index)))
        {
            var rows = await connection.ExecuteAsync(text, ParametersOf(text, now), cancellationToken);
            counted = index == 0 ? rows : counted;
        }

        if (counted > 0)
        {
            await AccountMarks.ChangeAsync(connection, AccountMarks.OwnEvents, now, cancellationToken);
        }

        var late = await LateAsync(connection, now, cancellationToken);
        await DropAsync(connection, cancellationToken);
        var noted = await NoteAsync(connection, notices, cancellationToken);
        await RejectTable
            .Of("ad_events", clock)
            .WriteAsync(store, connection, EventTopic.Name, EventTopic.Name, rejects, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new CountedEvents(received.Count, counted, noted, rejects.Count, late);
    }

    private static Dictionary<string, object?>? ParametersOf(string text, DateTime now)
    {
        var values = new Dictionary<string, object?>();
        if (text.Contains("@now", StringComparison.Ordinal))
        {
            values["now"] = now;
        }

        if (text.Contains("@minute", StringComparison.Ordinal))
        {
            values["minute"] = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), DateTimeKind.Unspecified);
        }

        return values.Count == 0 ? null : values;
    }

    /// <summary>A moment that no write before had.</summary>
    private async Task<DateTime> NextAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (last == default || store.Traits.IsShared)
        {
            last = await connection.ScalarAsync<DateTime?>("SELECT max(counted_at) FROM ad_events", null, cancellationToken) ?? last;
        }

        var now = clock.UtcMoment();
        last = now > last ? now : last.AddMicroseconds(1);
        return last;
    }

    private async Task StageAsync(DbConnection connection, List<AdEvent> events, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"CREATE TEMP TABLE {Rows} ({store.Dialect.ColumnDefinitions(Columns)})", null, cancellationToken);
        await using var writer = await store.BeginBulkWriteAsync(connection, Rows, Columns, cancellationToken);
        var batch = new RowBatch(Columns);
        var place = 0L;
        foreach (var part in events.Chunk(batch.Capacity))
        {
            batch.Clear();
            foreach (var one in part)
            {
                Fill(batch, batch.Count++, one, place++);
            }

            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>The value of an event in the smallest units of the column.</summary>
    public static Int128 UnitsOf(AdEvent one) =>
        ExactAmount.TryScale(one.Value, ReportedRows.Spend, out var units)
            ? units
            : throw new OverflowException($"{one.Value} does not fit the value of an event."); // what was read fits

    private static void Fill(RowBatch batch, int row, AdEvent one, long place)
    {
        batch[0].AsText().Set(row, one.Id.AsSpan());
        batch[1].AsText().Set(row, EventJson.NameOf(one.Type).AsSpan());
        batch[2].Values<long>()[row] = one.At;
        batch[3].AsText().Set(row, one.CampaignId.AsSpan());
        batch[4].AsText().Set(row, one.AdId.AsSpan());
        batch[5].AsText().Set(row, one.UserId.AsSpan());
        batch[6].Values<Int128>()[row] = UnitsOf(one);
        if (one.Currency is { } currency)
        {
            batch[7].AsText().Set(row, currency.AsSpan());
        }
        else
        {
            batch[7].SetNull(row);
        }

        batch[8].Values<long>()[row] = one.ReceivedAt;
        batch[9].Values<long>()[row] = place;
    }

    /// <summary>Events of earlier days that were counted now, day by day.</summary>
    private static Task<IReadOnlyList<LateEvents>> LateAsync(DbConnection connection, DateTime now, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            $"""
            SELECT "timestamp", CAST(sum(impressions + clicks + conversions) AS bigint), count(DISTINCT campaign_id) FROM {Sums}
            WHERE "timestamp" < @today GROUP BY "timestamp" ORDER BY "timestamp"
            """,
            new { today = now.Date },
            row => new LateEvents(DateOnly.FromDateTime(row.GetDateTime(0)), row.GetInt64(1), row.GetInt64(2)),
            cancellationToken
        );

    private static async Task<int> NoteAsync(
        DbConnection connection,
        IReadOnlyList<PlatformNotice> notices,
        CancellationToken cancellationToken
    )
    {
        var noted = 0;
        foreach (var notice in notices)
        {
            noted += await connection.ExecuteAsync(
                "INSERT INTO platform_notices (id, object, entry, field, content, happened_at, received_at) SELECT @id, @kind, @entry, @field, "
                    + "CAST(@content AS json), CAST(@at AS timestamp), CAST(@received AS timestamp) "
                    + "WHERE NOT EXISTS (SELECT 1 FROM platform_notices WHERE id = @id)",
                new
                {
                    id = notice.Id,
                    kind = notice.Object,
                    entry = notice.Entry,
                    field = notice.Field,
                    content = notice.Content,
                    at = Moment.ToDateTime(notice.At),
                    received = Moment.ToDateTime(notice.ReceivedAt),
                },
                cancellationToken
            );
        }

        return noted;
    }

    private static async Task DropAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in new[] { Rows, Sums })
        {
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {table}", null, cancellationToken);
        }
    }
}
