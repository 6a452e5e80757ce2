using Tradepost.Advertising.Events;
using Tradepost.Advertising.Metrics;
using Tradepost.Serving;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Loading;
using Tradepost.Streams.Topics;

namespace Tradepost.Advertising.Simulating;

/// <summary>A simulated account whose days were reported and restated, and some events of the advertiser's own.</summary>
internal static class AdvertisingDemo
{
    private const int DaysBetweenPulls = 7;
    private const int OwnEvents = 5_000;

    public static async Task<DemoResult> LoadAsync(Session session, CancellationToken cancellationToken)
    {
        var filled = await session.WithStoreAsync(store => FillAsync(store, session.Time, cancellationToken), cancellationToken);
        var data = Path.GetRelativePath(session.Terminal.Folder, session.Settings.DataFolder);
        var ofStore = session.Settings.Store is EmbeddedTarget ? $" --data {data}" : "";
        return new DemoResult(
            filled,
            printer => Print(printer, filled),
            [$"db query \"SELECT * FROM daily_campaign_summary ORDER BY date DESC LIMIT 10\"{ofStore}"]
        );
    }

    /// <summary>Fills a store, where it has no campaigns yet.</summary>
    public static async Task<FilledAccount> FillAsync(Store store, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        if (await connection.ScalarAsync<long>("SELECT count(*) FROM campaigns", null, cancellationToken) == 0)
        {
            var last = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1);
            var account = new SimulatedAccount(last);
            for (
                var asked = last.AddDays(-(SimulatedAccount.Days / DaysBetweenPulls * DaysBetweenPulls));
                asked <= last;
                asked = asked.AddDays(DaysBetweenPulls)
            )
            {
                var pull = new ReportWrite(store, new PullTime(new DateTimeOffset(asked.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)));
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await pull.WriteAsync(connection, One(account.Report(asked)), cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            var events = account.Events(OwnEvents).Select((one, i) => new ReceivedEvent(new TopicEvent(null, EventJson.Write(one)), 0, i));
            await new EventWrite(store, time, TimeSpan.MaxValue).WriteAsync(connection, [.. events], cancellationToken);
        }

        return new FilledAccount(
            await connection.ScalarAsync<long>("SELECT count(*) FROM campaigns", null, cancellationToken),
            await connection.ScalarAsync<long>("SELECT count(DISTINCT \"date\") FROM daily_campaign_summary", null, cancellationToken),
            await connection.ScalarAsync<long>("SELECT count(*) FROM daily_campaign_summary_as_of", null, cancellationToken)
                - await connection.ScalarAsync<long>("SELECT count(*) FROM daily_campaign_summary", null, cancellationToken),
            await connection.ScalarAsync<long>("SELECT count(*) FROM ad_events", null, cancellationToken)
        );
    }

    private static async IAsyncEnumerable<RowBatch> One(RowBatch batch)
    {
        await Task.CompletedTask;
        yield return batch;
    }

    private static void Print(Printer printer, FilledAccount filled)
    {
        printer.Heading("Advertising: what was known of each day when");
        printer.Line();
        printer.Pairs(
            ("campaigns", $"{filled.Campaigns:N0} over {filled.Days:N0} days, simulated"),
            ("restated", $"{filled.Restated:N0} times a day's numbers became others"),
            ("events", $"{filled.Events:N0} of the advertiser's own, each counted once")
        );
        printer.Line();
    }
}

/// <summary>What the demo's account has.</summary>
/// <param name="Campaigns">Campaigns.</param>
/// <param name="Days">Days with numbers.</param>
/// <param name="Restated">How often a day's numbers became others.</param>
/// <param name="Events">Events of the advertiser's own.</param>
internal sealed record FilledAccount(long Campaigns, long Days, long Restated, long Events);
