using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Stops a run that keeps nothing of a table, or too little: then it is the mapping or the source that is wrong, and not some rows.
/// </summary>
internal sealed class RejectShare(DbConnection connection, double mostPercent)
{
    /// <summary>A table of fewer rows may well have more bad ones than good ones.</summary>
    private const int FewestRows = 100;

    public async Task CheckAsync(TableLoad load, CancellationToken cancellationToken)
    {
        if (mostPercent >= 100 || load.Result.Rejected == 0 || (!load.IsWhole && load.Result.Rejected < FewestRows * mostPercent / 100))
        {
            return;
        }

        var (rows, rejected) = await CountAsync(load, cancellationToken);
        if (rejected >= rows || (rows >= FewestRows && rejected > rows * mostPercent / 100))
        {
            throw new DataQualityException(await MessageAsync(load.Table, rows, rejected, cancellationToken));
        }
    }

    /// <summary>Of a table read whole, what was read; otherwise what the warehouse will know of it.</summary>
    private async Task<(long Rows, long Rejected)> CountAsync(TableLoad load, CancellationToken cancellationToken)
    {
        if (load.IsWhole)
        {
            return (load.Result.Read, load.Result.Rejected);
        }

        var table = Sql.Literal(load.Table.Name);
        return (
            await connection.ReadAsync(
                $"""
                SELECT (SELECT count(*) FROM {Sql.Name(load.Table.Staging)})
                       + count(CASE WHEN rule LIKE '%.key.unique' OR natural_key = '' OR natural_key LIKE '%:' OR natural_key LIKE ':%'
                         THEN 1 END), count(*)
                FROM etl_rejects WHERE source_table = {table} AND replayed_at IS NULL
                """,
                row => (row.GetInt64(0), row.GetInt64(1)),
                cancellationToken
            )
        )[0];
    }

    private async Task<Sentence> MessageAsync(SourceTable table, long rows, long rejected, CancellationToken cancellationToken)
    {
        var (rule, broken, problem) = (
            await connection.ReadAsync(
                $"""
                SELECT rule, count(*), min(problem) FROM found_rejects WHERE source_table = {Sql.Literal(table.Name)}
                GROUP BY rule ORDER BY 2 DESC, 1 LIMIT 1
                """,
                row => (row.GetString(0), row.GetInt64(1), row.GetString(2)),
                cancellationToken
            )
        )[0];
        var example = Shop.AreAboutPeople(table.Name) ? "" : $" (such as: {problem})";
        var allowed =
            rejected >= rows
                ? new Sentence($"none would be loaded")
                : new Sentence($"at most {mostPercent} % may ({nameof(EtlOptions.MaxRejectShare):argument})");
        return new Sentence(
            $"Source {table.Database}: {rejected} of {rows} rows of {table.Name} break a rule, {broken} of them {rule}{example}; {allowed}. Nothing was published."
        );
    }
}
