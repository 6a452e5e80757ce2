using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.Advertising.Events;
using Tradepost.Advertising.Knowledge;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Streams;

namespace Tradepost.Advertising.Privacy;

/// <summary>
/// Erases everything that is kept of a person: in the store in one transaction, then in the topic, whose segments go once all of them are counted.
/// What was accepted before and is counted later is left out.
/// </summary>
internal sealed class EraseFromAds(JobContext context)
{
    public const string Name = "ads.erase";

    private const string Segments = "segments of topic " + EventTopic.Name;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    /// <summary>Tables whose rows are a person's, or an account's, by a column.</summary>
    private static readonly (string Table, string Column)[] Tables =
    [
        ("ad_events", "user_id"),
        ("campaign_metrics", "user_id"),
        ("ad_metrics", "user_id"),
        ("campaigns", "user_id"),
        ("ad_sets", "user_id"),
        ("ads", "user_id"),
        ("accounts", "id"),
        ("ad_budgets", "user_id"),
        ("ad_syncs", "user_id"),
        ("account_marks", "account"),
        ("consents", "user_id"),
    ];

    private readonly Store store = context.Store;

    public static Task<ErasureReceipt> RunAsync(EraseOfAdsOptions options, JobContext context, CancellationToken cancellationToken) =>
        new EraseFromAds(context).RunAsync(options.User, cancellationToken);

    private async Task<ErasureReceipt> RunAsync(string user, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(user))
        {
            throw new JobFailedException(
                new Sentence($"Who is to be erased? {nameof(EraseOfAdsOptions.User):argument} is empty; expected is a user_id."),
                2
            );
        }

        var now = context.Time.UtcMoment();
        var places = await EraseAsync(user, now, cancellationToken);
        places.Add(new ErasurePlace(Segments, await ClearTopicAsync(now, cancellationToken)));
        if (context.Settings.Analytics is { } address)
        {
            using var server = new ClickHouseClient(address);
            var rows = await new AnalyticsEvents(server).EraseAsync(user, context.Time, cancellationToken);
            places.Add(new ErasurePlace($"clickhouse {AnalyticsEvents.Table}", rows));
        }

        return new ErasureReceipt(user, now, places, [], OutOfReach(now));
    }

    private async Task<List<ErasurePlace>> EraseAsync(string user, DateTime now, CancellationToken cancellationToken)
    {
        await using var turn = await CountingTurn.TakeAsync(store, context.Time, cancellationToken);
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var places = new List<ErasurePlace>();
        await KeepRefusalAsync(connection, user, cancellationToken);
        foreach (var (table, column) in Tables)
        {
            var rows = await connection.ExecuteAsync(
                $"DELETE FROM {Sql.Name(table)} WHERE {Sql.Name(column)} = @user",
                new { user },
                cancellationToken
            );
            places.Add(new ErasurePlace(table, rows));
        }

        // In texts the id stands between quotes, as JSON writes it.
        var quoted = $"%{Like(JsonSerializer.Serialize(user, ResultJson.Options))}%";
        foreach (
            var (table, column, where) in new[]
            {
                ("platform_notices", "content", "TRUE"),
                ("rejects", "row", "source_table IN ('ad_events', 'ad_metrics')"),
            }
        )
        {
            var rows = await connection.ExecuteAsync(
                $"DELETE FROM {Sql.Name(table)} WHERE {where} AND CAST({Sql.Name(column)} AS text) LIKE @quoted ESCAPE '!'",
                new { quoted },
                cancellationToken
            );
            places.Add(new ErasurePlace(table, rows));
        }

        await AccountMarks.ChangeAsync(connection, AccountMarks.OwnEvents, now, cancellationToken);
        places.Add(new ErasurePlace("job_runs", await ForgetRunsAsync(connection, user, cancellationToken)));
        await NoteAsync(connection, user, now, places, cancellationToken);
        await context.FenceAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return places;
    }

    // Whoever refused is not to be stored again only because the refusal was erased: a hash of the id keeps it.
    private static Task<int> KeepRefusalAsync(DbConnection connection, string user, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            "INSERT INTO erased_refusals (person, refused_at) SELECT CAST(@person AS text), decided_at FROM consents "
                + "WHERE user_id = @user AND NOT events AND NOT EXISTS (SELECT 1 FROM erased_refusals WHERE person = @person)",
            new { person = ErasedPersons.MarkOf(user), user },
            cancellationToken
        );

    /// <summary>What the runs of erasures were given, this one's included.</summary>
    private Task<int> ForgetRunsAsync(DbConnection connection, string user, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"UPDATE job_runs SET arguments = CAST(@none AS json) WHERE job = @Name AND {store.Dialect.ContainsJson("CAST(arguments AS " + JsonType + ")", "CAST(@part AS " + JsonType + ")")}",
            new
            {
                none = "{}",
                Name,
                part = new JsonObject { ["user"] = user }.ToJsonString(ResultJson.Options),
            },
            cancellationToken
        );

    private string JsonType => store.Dialect.TypeName(new Storage.Tables.Column("", Storage.Tables.ColumnType.Json));

    private static Task<int> NoteAsync(
        DbConnection connection,
        string user,
        DateTime now,
        List<ErasurePlace> places,
        CancellationToken cancellationToken
    ) =>
        connection.ExecuteAsync(
            "INSERT INTO erasures (person, erased_at, receipt) SELECT @person, CAST(@now AS timestamp), CAST(@receipt AS json) "
                + "WHERE NOT EXISTS (SELECT 1 FROM erasures WHERE person = @person AND erased_at = CAST(@now AS timestamp))",
            new
            {
                person = ErasedPersons.MarkOf(user),
                now,
                receipt = JsonSerializer.Serialize(places, ResultJson.Options),
            },
            cancellationToken
        );

    /// <summary>Clears the topic, or waits until the server that has it open did; how many segments went.</summary>
    private async Task<long> ClearTopicAsync(DateTime now, CancellationToken cancellationToken)
    {
        var folder = EventTopic.FolderOf(context.Settings);
        if (context.Settings.Kafka is null && !Directory.Exists(folder))
        {
            return 0;
        }

        var before = SegmentsIn(folder);
        try
        {
            await using var topic = new EventTopic(context.Settings, context.Time);
            await PassCopierAsync(topic, cancellationToken);
            using var counter = new EventCounter(store, context.Settings, topic, context.Time, context.Logger);
            await counter.CountAllAsync(Patience, cancellationToken);
        }
        catch (LogInUseException)
        {
            await WaitAsync(now, cancellationToken);
        }

        return before.Except(SegmentsIn(folder), StringComparer.Ordinal).Count();
    }

    // The topic lets go what all of its groups have passed.
    private async Task PassCopierAsync(EventTopic topic, CancellationToken cancellationToken)
    {
        if (context.Settings.Analytics is not { } address)
        {
            topic.Forget(EventCopier.Group);
            return;
        }

        using var server = new ClickHouseClient(address);
        using var copier = new EventCopier(store, context.Settings, topic, context.Time, context.Logger);
        await copier.CopyAllAsync(server, Patience, cancellationToken);
    }

    private async Task WaitAsync(DateTime now, CancellationToken cancellationToken)
    {
        var began = context.Time.GetTimestamp();
        await using var connection = await store.OpenAsync(cancellationToken);
        while (
            await connection.ScalarAsync<long>(
                "SELECT count(*) FROM erasures WHERE topic_cleared_at IS NULL AND erased_at <= @now",
                new { now },
                cancellationToken
            ) > 0
        )
        {
            if (context.Time.GetElapsedTime(began) > LongestWait)
            {
                throw new JobFailedException(
                    "The store has nothing of the person any more, but the server that has the topic ads.events open does not count it, or does not copy it to ClickHouse: see its log, and erase again."
                );
            }

            await Task.Delay(BetweenLooks, context.Time, cancellationToken);
        }
    }

    private static List<string> SegmentsIn(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.log", SearchOption.AllDirectories)] : [];

    private static string Like(string text) =>
        text.Replace("!", "!!", StringComparison.Ordinal)
            .Replace("%", "!%", StringComparison.Ordinal)
            .Replace("_", "!_", StringComparison.Ordinal);

    private IReadOnlyList<string> OutOfReach(DateTime now) =>
        [
            $"Backups made before {now:yyyy-MM-dd HH:mm} UTC hold the person until they are deleted; after restoring one, erase again.",
            .. context.Settings.Store is EmbeddedTarget
                ? (string[])["The file of the embedded store keeps the bytes of what was removed until it writes others in their place."]
                : ["PostgreSQL keeps rows that were removed until its next VACUUM, and its write-ahead log as long as it is archived."],
            .. context.Settings.Kafka is null
                ? (string[])[]
                :
                [
                    $"The brokers keep the events of the topic {EventTopic.Name} as long as they are set to; what of them is counted again is left out.",
                ],
        ];
}
