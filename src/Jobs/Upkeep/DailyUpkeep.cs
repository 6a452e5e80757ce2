using System.Data.Common;
using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Jobs.Upkeep;

/// <summary>
/// Removes once a day what is older than it is to be kept; however many processes do this, one of them does it. Few rows go at
/// a time, so that nobody waits for it.
/// </summary>
public sealed partial class DailyUpkeep
{
    private const string TaskName = "retention";
    private const int AtOnce = 500;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly JobHost host;

    internal DailyUpkeep(JobHost host) => this.host = host;

    private DateTime Now => host.Time.UtcMoment();

    private RetentionOptions Options => host.Options.Retention;

    /// <summary>Runs until the token is cancelled; the store may be away meanwhile.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    await TickAsync(cancellationToken);
                }
                catch (Exception e) when (StoreFailure.IsOfStore(e))
                {
                    LogNotDone(host.Logger, e.Message);
                }

                await Task.Delay(Interval, host.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
    }

    /// <summary>Does the day's work when it is due and nobody else has begun it; null when there was nothing to do here.</summary>
    internal async Task<Removed?> TickAsync(CancellationToken cancellationToken)
    {
        if (!await BeginAsync(cancellationToken))
        {
            return null;
        }

        var before = Now - Options.Runs;
        var runs = await RemoveRunsAsync(before, cancellationToken);
        var others = await RemoveAsync(
            "job_schedule_fires",
            "schedule, fire_at",
            "decided_at",
            "state <> 'waiting'",
            before,
            cancellationToken
        );
        others += await RemoveAsync(
            "job_alerts",
            "id",
            "raised_at",
            "(delivered_at IS NOT NULL OR given_up_at IS NOT NULL)",
            before,
            cancellationToken
        );
        foreach (var table in Options.Tables)
        {
            others += await RemoveAsync(
                Sql.Name(table.Name),
                Sql.Names(table.Key),
                Sql.Name(table.Time),
                table.Condition,
                Now - table.Age,
                cancellationToken
            );
        }

        if (runs + others > 0)
        {
            LogDone(host.Logger, runs, others);
        }

        return new Removed(runs, others);
    }

    private Task<bool> BeginAsync(CancellationToken cancellationToken) =>
        host.Queue.WithAsync(
            async connection =>
                await connection.ExecuteAsync(
                    """
                    INSERT INTO job_upkeep (name, begun_at) VALUES (@TaskName, @Now)
                    ON CONFLICT (name) DO UPDATE SET begun_at = excluded.begun_at WHERE job_upkeep.begun_at <= @due
                    """,
                    new
                    {
                        TaskName,
                        Now,
                        due = Now - Day,
                    },
                    cancellationToken
                ) == 1,
            cancellationToken
        );

    private async Task<long> RemoveRunsAsync(DateTime before, CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (
            var job in await host.Queue.WithAsync(
                connection =>
                    connection.ReadAsync("SELECT DISTINCT job FROM job_runs ORDER BY job", row => row.GetString(0), cancellationToken),
                cancellationToken
            )
        )
        {
            var oldestKept = await host.Queue.WithAsync(
                connection =>
                    connection.ScalarAsync<Guid?>(
                        $"SELECT id FROM job_runs WHERE job = @job ORDER BY id DESC LIMIT 1 OFFSET {Options.RunsOfEachJob - 1}",
                        new { job },
                        cancellationToken
                    ),
                cancellationToken
            );
            var after = Guid.Empty;
            for (var count = AtOnce; oldestKept is not null && count == AtOnce; )
            {
                (count, after, var gone) = await host.Queue.TransactAsync(
                    connection => RemoveRunsAsync(connection, job, after, oldestKept.Value, before, cancellationToken),
                    cancellationToken
                );
                removed += gone;
            }
        }

        return removed;
    }

    // A run that did days is what the calendar of backfills knows them from: only its log goes.
    private static async Task<(int Count, Guid Last, int Gone)> RemoveRunsAsync(
        DbConnection connection,
        string job,
        Guid after,
        Guid oldestKept,
        DateTime before,
        CancellationToken cancellationToken
    )
    {
        var runs = await connection.ReadAsync(
            $"""
            SELECT id, interval_from IS NOT NULL AND state = 'succeeded' FROM job_runs
            WHERE job = @job AND id > @after AND id < @oldestKept AND finished_at < @before
            ORDER BY id LIMIT {AtOnce}
            """,
            new
            {
                job,
                after,
                oldestKept,
                before,
            },
            row => (Id: row.GetGuid(0), IsKept: row.GetBoolean(1)),
            cancellationToken
        );
        var gone = runs.Where(run => !run.IsKept).Select(run => run.Id).ToList();
        await DeleteAsync("job_run_logs", "run_id", [.. runs.Select(run => run.Id)]);
        await DeleteAsync("job_publications", "run_id", gone);
        await DeleteAsync("job_runs", "id", gone);
        return (runs.Count, runs.Count > 0 ? runs[^1].Id : after, gone.Count);

        async Task DeleteAsync(string table, string column, List<Guid> ids)
        {
            if (ids.Count > 0)
            {
                await connection.ExecuteAsync(
                    $"DELETE FROM {table} WHERE {column} IN ({string.Join(", ", ids.Select(id => Sql.Literal(id.ToString())))})",
                    null,
                    cancellationToken
                );
            }
        }
    }

    private async Task<long> RemoveAsync(
        string table,
        string key,
        string time,
        string condition,
        DateTime before,
        CancellationToken cancellationToken
    )
    {
        var removed = 0L;
        for (var count = AtOnce; count == AtOnce; removed += count)
        {
            count = await host.Queue.WithAsync(
                connection =>
                    connection.ExecuteAsync(
                        $"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} WHERE {time} < @before AND {condition} ORDER "
                            + $"BY {time} LIMIT {AtOnce})",
                        new { before },
                        cancellationToken
                    ),
                cancellationToken
            );
        }

        return removed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Removed what is no longer kept: {Runs} runs, {Others} other rows")]
    private static partial void LogDone(ILogger logger, long runs, long others);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What is no longer kept was not removed; it is tried again tomorrow: {Reason}")]
    private static partial void LogNotDone(ILogger logger, string reason);
}
