using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Tradepost.Advertising.Knowledge;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Syncing;

/// <summary>Writes what an account is made of as the API tells it: itself, its campaigns, ad sets and ads. Budgets are minor units.</summary>
internal sealed class EntityWrite(Store store, TimeProvider clock, string account)
{
    private const string Rows = "synced_entities";
    private const int MostCampaigns = 100_000;

    private static readonly string[] Texts =
    [
        "kind",
        "user_id",
        "id",
        "campaign_id",
        "ad_set_id",
        "name",
        "status",
        "objective",
        "currency",
        "time_zone",
    ];

    private static readonly string[] Budgets = ["daily_budget", "lifetime_budget"];

    private static readonly IReadOnlyList<Column> Columns =
    [
        .. Texts.Select(name => new Column(name, ColumnType.Text)),
        .. Budgets.Select(name => new Column(name, ColumnType.BigInt)),
    ];

    private readonly Dictionary<(string Kind, string Id), string?[]> rows = [];
    private string? currency;

    /// <summary>The keys of the campaigns so far.</summary>
    public IReadOnlyList<string> Campaigns => [.. rows.Keys.Where(key => key.Kind == "campaign").Select(key => key.Id).Take(MostCampaigns)];

    /// <summary>What the API tells of the account itself.</summary>
    public void AddAccount(JsonElement told)
    {
        currency = Text(told, "currency");
        rows[("account", account)] =
        [
            "account",
            account,
            account,
            null,
            null,
            Text(told, "name"),
            null,
            null,
            currency,
            Text(told, "timezone_name"),
            null,
            null,
        ];
    }

    /// <summary>
    /// What the API tells of a campaign, an ad set or an ad; one without a key is none. A list that grows while it is read may tell of one twice.
    /// </summary>
    /// <param name="kind"><c>campaign</c>, <c>ad_set</c> or <c>ad</c>.</param>
    /// <param name="told">A row of the API's list.</param>
    public void Add(string kind, JsonElement told)
    {
        var campaign = kind == "campaign" ? null : Text(told, "campaign_id");
        if (Text(told, "id") is { Length: > 0 } id && (kind == "campaign" || campaign is { Length: > 0 }))
        {
            rows[(kind, id)] =
            [
                kind,
                account,
                id,
                campaign,
                Text(told, "adset_id"),
                Text(told, "name"),
                Text(told, "effective_status") ?? Text(told, "status"),
                Text(told, "objective"),
                kind == "campaign" ? currency : null,
                null,
                Text(told, "daily_budget"),
                Text(told, "lifetime_budget"),
            ];
        }
    }

    /// <summary>Writes what was added, within the transaction of the connection.</summary>
    public async Task WriteAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync($"DROP TABLE IF EXISTS {Rows}", null, cancellationToken);
        await connection.ExecuteAsync($"CREATE TEMP TABLE {Rows} ({store.Dialect.ColumnDefinitions(Columns)})", null, cancellationToken);
        await using (var writer = await store.BeginBulkWriteAsync(connection, Rows, Columns, cancellationToken))
        {
            var batch = new RowBatch(Columns);
            foreach (var part in rows.Values.Chunk(batch.Capacity))
            {
                batch.Clear();
                foreach (var row in part)
                {
                    Fill(batch, batch.Count++, row);
                }

                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        var now = clock.UtcMoment();
        foreach (
            var statement in SqlScript
                .Load(typeof(EntityWrite).Assembly, "Syncing/Merging/entities.sql")
                .For(store.Dialect, new Dictionary<string, Func<string, string>>())
                .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
        {
            await connection.ExecuteAsync(statement, new { now }, cancellationToken);
        }

        await AccountMarks.ChangeAllAsync(connection, Rows, now, cancellationToken);
        await connection.ExecuteAsync($"DROP TABLE {Rows}", null, cancellationToken);
    }

    private static void Fill(RowBatch batch, int row, string?[] values)
    {
        for (var i = 0; i < Texts.Length; i++)
        {
            if (values[i] is { } text)
            {
                batch[i].AsText().Set(row, text.AsSpan());
            }
            else
            {
                batch[i].SetNull(row);
            }
        }

        for (var i = Texts.Length; i < Columns.Count; i++)
        {
            if (long.TryParse(values[i], NumberStyles.None, CultureInfo.InvariantCulture, out var budget))
            {
                batch[i].Values<long>()[row] = budget;
            }
            else
            {
                batch[i].SetNull(row);
            }
        }
    }

    private static string? Text(JsonElement told, string name) =>
        told.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;
}
