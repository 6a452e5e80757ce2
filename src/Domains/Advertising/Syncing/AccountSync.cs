using System.Data.Common;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Metrics;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;

namespace Tradepost.Advertising.Syncing;

/// <summary>Syncs an account: what it is made of, then its days, a week a transaction.</summary>
internal sealed class AccountSync(GraphClient client, MetaSettings settings, string account, JobContext context)
{
    private const int DaysAtOnce = 7;
    private const int PageRows = 100;
    private const int OldestMonths = 37;
    private const string Destination = "ad_metrics";

    // Campaigns that are archived or deleted have days too, and are listed only for who asks for them.
    private const string AllStatuses = """["ACTIVE","PAUSED","ARCHIVED","DELETED","IN_PROCESS","WITH_ISSUES"]""";

    private static readonly (string Kind, string List, string Fields, string? Statuses)[] Lists =
    [
        ("campaign", "campaigns", "id,name,status,effective_status,objective,daily_budget,lifetime_budget", AllStatuses),
        ("ad_set", "adsets", "id,campaign_id,name,status,effective_status,daily_budget,lifetime_budget", null),
        ("ad", "ads", "id,campaign_id,adset_id,name,status,effective_status", null),
    ];

    private readonly ReportWrite write = new(context.Store, context.Time);
    private readonly RejectTable rejects = RejectTable.Of(Destination, context.Time);
    private long rows;
    private long keptAside;

    /// <summary>How long a report is left alone between two looks at it.</summary>
    public TimeSpan BetweenLooks { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Syncs it; what was written before a failure stays, and the next sync goes on behind it.</summary>
    /// <exception cref="GraphException">The API does not give it.</exception>
    public async Task<SyncedAccount> RunAsync(DateOnly? since, CancellationToken cancellationToken)
    {
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        var entities = new EntityWrite(context.Store, context.Time, account);
        var told = await client.SendAsync(HttpMethod.Get, account, [new("fields", "id,name,currency,timezone_name")], cancellationToken);
        entities.AddAccount(told);
        var today = Today(told);
        foreach (var (kind, list, fields, statuses) in Lists)
        {
            context.Progress.Report(new JobProgress($"{account}: {list}"));
            List<KeyValuePair<string, string>> query = [new("fields", fields)];
            if (statuses is not null)
            {
                query.Add(new("effective_status", statuses));
            }

            await foreach (var row in client.ListAsync($"{account}/{list}", query, PageRows, cancellationToken))
            {
                entities.Add(kind, row);
            }
        }

        var last = await SyncPosition.FindAsync(connection, account, cancellationToken);
        var position = SyncPosition.Begin(last, since, today).NotBefore(today.AddMonths(-OldestMonths));
        await using (var transaction = await connection.BeginTransactionAsync(cancellationToken))
        {
            await entities.WriteAsync(connection, cancellationToken);
            await position.WriteAsync(connection, account, context.Time.UtcMoment(), cancellationToken);
            await context.FenceAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        var insights = new Insights(client, account, entities.Campaigns, context.Time, context.Logger) { BetweenLooks = BetweenLooks };
        while (!position.IsWhole)
        {
            var from = position.Next;
            var to = from.AddDays(DaysAtOnce - 1) < position.Until ? from.AddDays(DaysAtOnce - 1) : position.Until;
            context.Progress.Report(new JobProgress($"{account}: {from:yyyy-MM-dd} to {to:yyyy-MM-dd}", rows));
            position = position with { Done = to };
            var unfit = new List<Reject>();
            var asked = new InsightQuery(from, to, Campaigns: null);
            var read = await ReadAsync(insights, asked, unfit, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await write.WriteAsync(connection, Batches(read).ToAsyncEnumerable(), cancellationToken);
            await KeepAsideAsync(connection, asked, unfit, cancellationToken);
            await position.WriteAsync(connection, account, context.Time.UtcMoment(), cancellationToken);
            await context.FenceAsync(connection, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            keptAside += unfit.Count;
        }

        return new SyncedAccount(account, position.Since, position.Until, rows, write.Restated, keptAside);
    }

    private async Task<List<InsightRow>> ReadAsync(
        Insights insights,
        InsightQuery asked,
        List<Reject> unfit,
        CancellationToken cancellationToken
    )
    {
        var read = new List<InsightRow>();
        await foreach (var row in insights.ReadAsync(asked, cancellationToken))
        {
            rows++;
            if (InsightRow.Read(row, settings.Conversion, asked, out var problem) is { } fit)
            {
                read.Add(fit);
            }
            else
            {
                var (rule, text) = problem!.Value; // a row that is none has one
                unfit.Add(new Reject(unfit.Count + 1, rule, text, row.GetRawText()));
            }
        }

        return read;
    }

    /// <summary>What is none of these days is none as of this sync: what an earlier one said of them goes.</summary>
    private async Task KeepAsideAsync(DbConnection connection, InsightQuery asked, List<Reject> unfit, CancellationToken cancellationToken)
    {
        var load = $"sync:{account}:{asked.From:yyyy-MM-dd}";
        foreach (var (rule, _) in await rejects.KeptAsync(connection, load, cancellationToken))
        {
            await rejects.ForgetAsync(connection, load, rule, cancellationToken);
        }

        await rejects.WriteAsync(context.Store, connection, load, account, unfit, cancellationToken);
    }

    private IEnumerable<RowBatch> Batches(List<InsightRow> read)
    {
        var batch = new RowBatch(ReportedRows.All);
        var place = 0L;
        foreach (var part in read.Chunk(batch.Capacity))
        {
            batch.Clear();
            foreach (var row in part)
            {
                Fill(new ReportedRow(batch, batch.Count++), row, place++);
            }

            yield return batch;
        }
    }

    private void Fill(ReportedRow into, InsightRow row, long place)
    {
        into.Set(ReportedRows.Account, account);
        into.Set(ReportedRows.Campaign, row.Campaign);
        into.Set(ReportedRows.AdSet, row.AdSet);
        into.Set(ReportedRows.Ad, row.Ad);
        into.Set(ReportedRows.Day, Moment.Of(row.Day));
        into.Set(ReportedRows.Breakdown, "");
        into.Set(ReportedRows.Segment, "");
        into.Set(ReportedRows.Impressions, row.Impressions);
        into.Set(ReportedRows.Clicks, row.Clicks);
        into.Set(ReportedRows.Spend, row.Spend);
        into.Set(ReportedRows.Conversions, row.Conversions);
        into.Set(ReportedRows.ApprovedConversions, (decimal?)null);
        into.Set(ReportedRows.Value, row.Value);
        into.Set(ReportedRows.Reach, row.Reach);
        into.Set(ReportedRows.AccountName, (string?)null);
        into.Set(ReportedRows.Currency, row.Currency);
        into.Set(ReportedRows.CampaignName, row.CampaignName);
        into.Set(ReportedRows.CampaignStatus, (string?)null);
        into.Set(ReportedRows.AdSetName, row.AdSetName);
        into.Set(ReportedRows.AdName, row.AdName);
        into.Set(ReportedRows.Place, place);
    }

    private DateOnly Today(JsonElement told)
    {
        var name = told.TryGetProperty("timezone_name", out var zone) ? zone.ToString() : "";
        var now = context.Time.GetUtcNow();
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, found).DateTime);
        }

        context.Logger.LogWarning(
            "{Account} has the time zone '{Zone}', which is not known; its days are taken as those of UTC",
            account,
            name
        );
        return DateOnly.FromDateTime(now.UtcDateTime);
    }
}
