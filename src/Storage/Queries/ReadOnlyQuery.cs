using System.Data.Common;

namespace Tradepost.Storage.Queries;

/// <summary>
/// Runs one statement of somebody's SQL that cannot change anything, read anything but tables, or take more than its limits.
/// </summary>
/// <param name="store">The store; one that is already open is used as it is.</param>
/// <param name="hiddenTables">Tables that no query may read.</param>
/// <param name="time">The clock that the time limit runs on.</param>
public sealed class ReadOnlyQuery(Store store, IReadOnlyCollection<string> hiddenTables, TimeProvider time)
{
    private readonly StoreQuery query = StoreQuery.Of(store, hiddenTables);

    /// <summary>Runs the statement and reads its rows up to the limits.</summary>
    /// <exception cref="QueryRefusedException">It is not one statement, or does what a query may not.</exception>
    /// <exception cref="QueryFailedException">It is wrong, or fails on the rows it meets.</exception>
    /// <exception cref="QueryTimeoutException">It takes longer than the limit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the statement was stopped in the store as well.</exception>
    public Task<QueryResult> RunAsync(string sql, QueryLimits limits, CancellationToken cancellationToken) =>
        RunAsync(sql, limits, WithheldColumns.None, cancellationToken);

    /// <inheritdoc cref="RunAsync(string, QueryLimits, CancellationToken)" />
    /// <param name="withheld">Columns that whoever asks may not read.</param>
    public async Task<QueryResult> RunAsync(string sql, QueryLimits limits, WithheldColumns withheld, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(limits.Time, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var activity = StorageMetrics.Activities.StartActivity("read-only query");
        var outcome = "failed";
        StorageMetrics.OnQuery(store.Dialect);
        try
        {
            CheckText(sql);
            var read = await query.RunAsync(sql, limits, withheld, stop.Token);
            outcome = "succeeded";
            return new QueryResult(read.Columns, read.Rows, read.Truncation, time.GetElapsedTime(started));
        }
        catch (QueryRefusedException)
        {
            outcome = "refused";
            throw;
        }
        catch (Exception e)
            when (e is OperationCanceledException || (e is DbException error && (query.IsStop(error) || stop.IsCancellationRequested)))
        {
            outcome = cancellationToken.IsCancellationRequested ? "cancelled" : "timed_out";
            cancellationToken.ThrowIfCancellationRequested();
            throw new QueryTimeoutException(limits.Time, e);
        }
        finally
        {
            StorageMetrics.OnQueried(store.Dialect, outcome, time.GetElapsedTime(started));
        }
    }

    private static void CheckText(string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
        {
            throw new QueryRefusedException("The query has a zero character in it.");
        }

        if (sql.Length > StoreQuery.MostLetters)
        {
            throw new QueryRefusedException($"The query has more than {StoreQuery.MostLetters:N0} letters.");
        }
    }
}
