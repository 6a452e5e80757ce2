using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Storage;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Stops a run that would mark too much of the warehouse as deleted, whatever the reason: rows that vanished at a source are counted
/// table by table before they are staged, but staging itself may have been lost or cut short.
/// </summary>
/// <param name="scope">Says which dimensions the run leaves as they are; these need not be counted.</param>
internal sealed class DeleteBound(DbConnection connection, RunScope scope, double maxDeletes)
{
    private IReadOnlyList<(string Table, long Live, long Deleted)> before = [];

    private IEnumerable<string> Dimensions =>
        (scope.AreCustomersUnchanged ? [] : new[] { "dim_customer" }).Concat(scope.AreProductsUnchanged ? [] : ["dim_product"]);

    public async Task BeginAsync(CancellationToken cancellationToken) => before = await CountAsync(cancellationToken);

    /// <summary>Looks at what the run has marked.</summary>
    /// <exception cref="DataQualityException">More of a table's rows were marked than may be.</exception>
    public async Task CheckAsync(FactChanges facts, CancellationToken cancellationToken)
    {
        if (facts.Deleted > 0)
        {
            var live = await connection.ScalarAsync<long>("SELECT count(*) FROM fact_sales WHERE NOT is_deleted", null, cancellationToken);
            Check("fact_sales", facts.Deleted, live + facts.Deleted - facts.Inserted);
        }

        foreach (var (was, now) in before.Zip(await CountAsync(cancellationToken)))
        {
            Check(was.Table, now.Deleted - was.Deleted, was.Live);
        }
    }

    private async Task<IReadOnlyList<(string Table, long Live, long Deleted)>> CountAsync(CancellationToken cancellationToken)
    {
        var counts = new List<(string Table, long Live, long Deleted)>();
        foreach (var table in Dimensions)
        {
            counts.AddRange(
                await connection.ReadAsync(
                    $"SELECT count(*) FILTER (WHERE NOT is_deleted), count(*) FILTER (WHERE is_deleted) FROM {table}",
                    row => (table, row.GetInt64(0), row.GetInt64(1)),
                    cancellationToken
                )
            );
        }

        return counts;
    }

    private void Check(string table, long deleted, long known)
    {
        if (deleted > 0 && deleted > known * maxDeletes / 100)
        {
            throw new DataQualityException(
                new Sentence(
                    $"{deleted} of the {known} rows of {table} would be marked as deleted; at most {maxDeletes} % may be. If that is right, run again with a higher {nameof(EtlOptions.MaxDeletes):argument}. Nothing was published."
                )
            );
        }
    }
}
