using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Proves that what a run is about to publish is what the sources hold, bucket by bucket, and reads again what is not: rows
/// committed late, updates that kept or back-dated their time stamp, deletes.
/// </summary>
/// <param name="isIncremental">Whether what is staged may turn out to be what was read.</param>
/// <param name="beforeRepair">Called before anything that was read is replaced.</param>
internal sealed class Comparison(Store store, Extraction extraction, WarehouseSums warehouse, bool isIncremental, Func<Task> beforeRepair)
{
    private const int UnitsPerQuery = 2000;

    private static readonly IReadOnlyList<Column> BucketColumns =
    [
        new("bucket", ColumnType.Integer),
        new("n", ColumnType.BigInt),
        Column.Decimal("money", 18, 2),
        new("hash", ColumnType.BigInt),
    ];

    private static readonly IReadOnlyList<Column> UnitColumns =
    [
        new("unit", ColumnType.BigInt),
        new("bucket", ColumnType.Integer),
        new("n", ColumnType.BigInt),
        Column.Decimal("money", 18, 2),
        new("hash", ColumnType.BigInt),
    ];

    /// <summary>Compares a table that was read whole with its landing, and in an incremental run with what is staged.</summary>
    public async Task CompareWholeAsync(TableLoad load, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        if (load.Snapshot is IDirectCopy)
        {
            load.SourceSums = await SourceSumsAsync(load.Query, load.Snapshot, null, cancellationToken);
        }

        var landed = await BucketSums.ReadAsync(connection, StagedRows.Landed(load.Table), cancellationToken);
        load.Result.Differing = load.SourceSums.DifferingFrom(landed).Count;
        load.After = landed;
        load.IsUnchanged =
            isIncremental
            && (await BucketSums.ReadAsync(connection, StagedRows.Unrejected(load.Table), cancellationToken)).DifferingFrom(landed).Count
                == 0;
    }

    /// <summary>
    /// Compares the rows that a condition picks (null: all) with what will be staged, and reads the units that differ again.
    /// Returns those units; what still differs afterwards is in the load's result.
    /// </summary>
    public async Task<IReadOnlyList<long>> RepairAsync(
        TableLoad load,
        string? condition,
        BucketRange range,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var (source, differing) = await DifferingBucketsAsync(connection, load, condition, range, cancellationToken);
        if (differing.Count == 0)
        {
            return [];
        }

        var repaired = await RepairBucketsAsync(connection, load, condition, differing, cancellationToken);
        differing = source.DifferingFrom((await AfterAsync(connection, load, cancellationToken)).Within(range));
        if (differing.Count > 0)
        {
            load.Result.Differing = (
                await DifferingUnitsAsync(connection, load, condition, differing, withMoney: false, cancellationToken)
            ).Count;
        }

        return repaired;
    }

    /// <summary>Reads units again, whether or not they are still in the source, in the place of what was read or staged of them.</summary>
    public async Task ReplaceUnitsAsync(
        DbConnection connection,
        TableLoad load,
        IReadOnlyCollection<long> units,
        CancellationToken cancellationToken
    )
    {
        if (units.Count == 0)
        {
            return;
        }

        await beforeRepair();
        load.ReplacedUnits += units.Count;
        load.After = null;
        foreach (var chunk in units.Chunk(UnitsPerQuery))
        {
            var list = string.Join(',', chunk.Select(unit => unit.ToString()));
            await connection.ExecuteAsync(
                $"""
                DELETE FROM {Sql.Name(load.Table.Landing)} WHERE {Sql.Name(load.Table.Unit)} IN ({list});
                DELETE FROM {Sql.Name(load.Table.Replaced)} WHERE unit IN ({list});
                INSERT INTO {Sql.Name(load.Table.Replaced)} VALUES {string.Join(
                    ',',
                    chunk.Select(unit => $"({unit})")
                )}
                """,
                null,
                cancellationToken
            );
            await extraction.AppendAsync(load, load.Query.Rows(load.Query.UnitsIn(chunk)), cancellationToken);
        }

        await extraction.CollectDisplacedAsync(load, cancellationToken);
    }

    /// <summary>Reads orders again that were kept aside because they lay in the future, and no longer do; returns them.</summary>
    public async Task<IReadOnlyList<long>> ReadDueOrdersAsync(TableLoad load, DateTime latest, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var due = await connection.ReadAsync(
            $"""
            SELECT CAST(natural_key AS bigint) FROM etl_rejects
            WHERE source_table = 'orders' AND rule = {Sql.Literal(Rules.OrderTime)} AND replayed_at IS NULL
              AND replace("row" ->> 'ordered_at', 'T', ' ') BETWEEN '1990-01-01' AND @latest
            """,
            new { latest = latest.ToString("yyyy-MM-dd HH:mm:ss") },
            row => row.GetInt64(0),
            cancellationToken
        );
        await ReplaceUnitsAsync(connection, load, due, cancellationToken);
        return due;
    }

    private async Task<IReadOnlyList<long>> RepairBucketsAsync(
        DbConnection connection,
        TableLoad load,
        string? condition,
        IReadOnlyList<int> buckets,
        CancellationToken cancellationToken
    )
    {
        var units = await DifferingUnitsAsync(connection, load, condition, buckets, withMoney: true, cancellationToken);
        await ReplaceUnitsAsync(connection, load, units, cancellationToken);
        return units;
    }

    /// <summary>
    /// The units that differ in these buckets. Of what was just read again the money is left out: a value that cannot be read
    /// or that a user mended is meant to differ.
    /// </summary>
    private static async Task<IReadOnlyList<long>> DifferingUnitsAsync(
        DbConnection connection,
        TableLoad load,
        string? condition,
        IReadOnlyList<int> buckets,
        bool withMoney,
        CancellationToken cancellationToken
    )
    {
        var units = new Dictionary<(long Unit, int Bucket), BucketSum>();
        await using (var reader = await load.Snapshot.ReadAsync(load.Query.Units(buckets, condition), UnitColumns, cancellationToken))
        {
            var batch = new RowBatch(UnitColumns);
            while (await reader.FillAsync(batch, cancellationToken))
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    var money = withMoney ? Unscaled.ToDecimal(batch[3].Values<long>()[row], UnitColumns[3]) : 0;
                    units[(batch[0].IsNull(row) ? long.MinValue : batch[0].Values<long>()[row], batch[1].Values<int>()[row])] =
                        new BucketSum(batch[2].Values<long>()[row], money, batch[4].Values<long>()[row]);
                }

                batch.Clear();
            }
        }

        var list = string.Join(',', buckets.Select(bucket => bucket.ToString()));
        var staged = await connection.QueryAsync<(long Unit, int Bucket, long Rows, decimal Money, long Hash)>(
            $"""
            SELECT unit, bucket, count(*), CAST(COALESCE(sum(money), 0) AS numeric(18,2)), CAST(sum(row_hash) AS bigint)
            FROM {StagedRows.After(load.Table)} a WHERE bucket IN ({list}) GROUP BY unit, bucket
            """,
            null,
            cancellationToken
        );
        var differing = new HashSet<long>();
        foreach (var (unit, bucket, rows, money, hash) in staged)
        {
            if (!units.Remove((unit, bucket), out var expected) || expected != new BucketSum(rows, withMoney ? money : 0, hash))
            {
                differing.Add(unit);
            }
        }

        differing.UnionWith(units.Keys.Select(key => key.Unit));
        return [.. differing.Order()];
    }

    /// <summary>Sums a table on a second snapshot of its source, while the first one is busy.</summary>
    public static async Task<BucketSums> SideSumsAsync(Source source, SourceQuery query, CancellationToken cancellationToken)
    {
        await using var snapshot = await source.OpenSnapshotAsync(cancellationToken);
        return await SourceSumsAsync(query, snapshot, condition: null, cancellationToken);
    }

    private async Task<(BucketSums Source, IReadOnlyList<int> Differing)> DifferingBucketsAsync(
        DbConnection connection,
        TableLoad load,
        string? condition,
        BucketRange range,
        CancellationToken cancellationToken
    )
    {
        if (load.SideSums is { } side)
        {
            var sums = await side;
            if (sums.DifferingFrom((await AfterAsync(connection, load, cancellationToken)).Within(range)).Count == 0)
            {
                return (sums, []);
            }
        }

        var source = await SourceSumsAsync(load.Query, load.Snapshot, condition, cancellationToken);
        return (source, source.DifferingFrom((await AfterAsync(connection, load, cancellationToken)).Within(range)));
    }

    private static async Task<BucketSums> SourceSumsAsync(
        SourceQuery query,
        SourceSnapshot snapshot,
        string? condition,
        CancellationToken cancellationToken
    )
    {
        var sums = await SourceSumsAsync(snapshot, query.Buckets(condition, quick: true), cancellationToken);
        return sums.All.Any(entry => entry.Value.Rows > query.SummedExactly)
            ? await SourceSumsAsync(snapshot, query.Buckets(condition, quick: false), cancellationToken)
            : sums;
    }

    private static async Task<BucketSums> SourceSumsAsync(SourceSnapshot snapshot, string buckets, CancellationToken cancellationToken)
    {
        var result = new BucketSums();
        await using var reader = await snapshot.ReadAsync(buckets, BucketColumns, cancellationToken);
        var batch = new RowBatch(BucketColumns);
        while (await reader.FillAsync(batch, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var money = Unscaled.ToDecimal(batch[2].Values<long>()[row], BucketColumns[2]);
                result.Add(batch[0].Values<int>()[row], new BucketSum(batch[1].Values<long>()[row], money, batch[3].Values<long>()[row]));
            }

            batch.Clear();
        }

        return result;
    }

    /// <summary>Knows what will be staged of a table once no more of it is read.</summary>
    public async Task SumUpAsync(TableLoad load, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await AfterAsync(connection, load, cancellationToken);
    }

    /// <summary>Sums add up, so what will be staged is what is staged, less what is replaced, plus what was read.</summary>
    private async Task<BucketSums> AfterAsync(DbConnection connection, TableLoad load, CancellationToken cancellationToken) =>
        load.After ??= await SumAfterAsync(connection, load, cancellationToken);

    private async Task<BucketSums> SumAfterAsync(DbConnection connection, TableLoad load, CancellationToken cancellationToken)
    {
        var before = await warehouse.OfAsync(load.Table);
        if (load.ReplacedUnits == 0)
        {
            return before;
        }

        var replaced = await BucketSums.ReadAsync(connection, StagedRows.Replaced(load.Table), cancellationToken);
        var landed = await BucketSums.ReadAsync(connection, StagedRows.Landed(load.Table), cancellationToken);
        return before.Minus(replaced).Plus(landed);
    }
}
