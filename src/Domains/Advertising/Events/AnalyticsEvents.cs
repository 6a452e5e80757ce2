using System.Globalization;
using Tradepost.Storage.ClickHouse;
using Tradepost.Storage.Dialects;

namespace Tradepost.Advertising.Events;

/// <summary>
/// Events on ClickHouse. It has no transactions: what came twice stands there twice until parts are merged, and is read once, by <c>FINAL</c>; of
/// events with one id the one that came first counts, as in the store.
/// </summary>
internal sealed class AnalyticsEvents(ClickHouseClient server)
{
    public const string Table = "ad_events";

    private const string View = "daily_campaign_summary";

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);
    private static readonly string[] Columns =
    [
        "id",
        "type",
        "campaign_id",
        "ad_id",
        "user_id",
        "value",
        "happened_at",
        "received_at",
        "version",
    ];

    private readonly RowBinaryBuffer rows = new();

    /// <summary>Makes what is not there.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await server.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Sql.Name(server.Database)}", cancellationToken);
        await server.ExecuteAsync(
            $"""
            CREATE TABLE IF NOT EXISTS {server.Table(Table)}
            (id String, type String, campaign_id String, ad_id String, user_id String, value Decimal(28, 9), happened_at DateTime('UTC'),
             received_at Int64, version UInt64)
            ENGINE = ReplacingMergeTree(version) ORDER BY id
            """,
            cancellationToken
        );
        var sums = EventSums.Of("toDate(happened_at)", $"{server.Table(Table)} FINAL", "Int64");
        await server.ExecuteAsync(
            $"""
            CREATE VIEW IF NOT EXISTS {server.Table(View)} AS
            SELECT user_id, campaign_id, timestamp AS date, impressions AS total_impressions, clicks AS total_clicks, spend AS total_spend,
              conversions AS total_conversions
            FROM ({sums})
            """,
            cancellationToken
        );
    }

    /// <summary>Inserts events; some of them may be there already.</summary>
    public async Task InsertAsync(IEnumerable<AdEvent> events, CancellationToken cancellationToken)
    {
        rows.Clear();
        foreach (var one in events)
        {
            rows.Add(one.Id);
            rows.Add(EventJson.NameOf(one.Type));
            rows.Add(one.CampaignId);
            rows.Add(one.AdId);
            rows.Add(one.UserId);
            rows.Add(EventWrite.UnitsOf(one));
            rows.AddTime(one.At);
            rows.Add(one.ReceivedAt);
            rows.Add(long.MaxValue - one.ReceivedAt);
        }

        if (rows.Length > 0)
        {
            await server.InsertAsync(Table, Columns, rows.Rows, $"tradepost-ads-{Guid.NewGuid()}", cancellationToken);
        }
    }

    /// <summary>Removes a person's events and waits until they are gone; how many there were.</summary>
    public async Task<long> EraseAsync(string user, TimeProvider clock, CancellationToken cancellationToken)
    {
        var known = await server.ReadAsync(
            $"SELECT count() FROM system.tables WHERE database = {Sql.Literal(server.Database)} AND name = '{Table}'",
            cancellationToken
        );
        if (known[0][0] == "0")
        {
            return 0;
        }

        var whose = $"user_id = {Literal(user)}";
        var found = await server.ReadAsync($"SELECT count() FROM {server.Table(Table)} FINAL WHERE {whose}", cancellationToken);
        await server.ExecuteAsync($"ALTER TABLE {server.Table(Table)} DELETE WHERE {whose}", cancellationToken);
        while (
            (
                await server.ReadAsync(
                    $"SELECT count() FROM system.mutations WHERE database = {Sql.Literal(server.Database)} AND table = '{Table}' AND is_done = 0",
                    cancellationToken
                )
            )[0][0] != "0"
        )
        {
            await Task.Delay(BetweenLooks, clock, cancellationToken);
        }

        return long.Parse(found[0][0], CultureInfo.InvariantCulture);
    }

    // Unlike the stores, ClickHouse takes a backslash in a literal for an escape.
    private static string Literal(string text) => Sql.Literal(text.Replace("\\", "\\\\", StringComparison.Ordinal));
}
