using Tradepost.Jobs;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Verification;

/// <summary>
/// Computes from the sources' rows, one after the other and without any of the ETL's SQL, what the fact table must come to, and
/// compares: lines, pieces and money by region and status, and what was paid.
/// </summary>
internal sealed class Recomputation(ShopSources sources)
{
    /// <summary>Returns the number of lines that agree; throws on the first figure that does not.</summary>
    public async Task<long> CompareAsync(Store store, CancellationToken cancellationToken)
    {
        var expected = await ExpectedAsync(cancellationToken);
        await using var connection = await store.OpenAsync(cancellationToken);
        var found = await connection.QueryAsync<(long Region, string Status, long Lines, long Quantity, decimal Net, decimal Paid)>(
            """
            SELECT region_key, order_status, count(*), CAST(sum(quantity) AS bigint), sum(net), sum(paid_amount)
            FROM fact_sales WHERE NOT is_deleted GROUP BY 1, 2
            """,
            null,
            cancellationToken
        );
        foreach (var row in found)
        {
            var figures = expected.GetValueOrDefault((row.Region, row.Status));
            if (!expected.Remove((row.Region, row.Status)) || figures != (row.Lines, row.Quantity, row.Net, row.Paid))
            {
                throw new JobFailedException(
                    $"Region {row.Region}, status {row.Status}: the warehouse has {(row.Lines, row.Quantity, row.Net, row.Paid)} lines, "
                        + $"pieces, net and paid; the sources come to {figures}."
                );
            }
        }

        return expected.Count == 0
            ? found.Sum(row => row.Lines)
            : throw new JobFailedException($"The warehouse has nothing for region and status {string.Join(", ", expected.Keys)}.");
    }

    private async Task<Dictionary<(long Region, string Status), (long Lines, long Quantity, decimal Net, decimal Paid)>> ExpectedAsync(
        CancellationToken cancellationToken
    )
    {
        var orders = new Dictionary<long, (long Region, string Status)>();
        await ReadAsync(Shop.Orders, row => orders[row.Number("id")] = (row.Number("region_id"), row.Text("status")), cancellationToken);
        var figures = new Dictionary<(long, string), (long Lines, long Quantity, decimal Net, decimal Paid)>();
        await ReadAsync(
            Shop.OrderItems,
            row =>
            {
                var key = orders[row.Number("order_id")];
                var (lines, quantity, net, paid) = figures.GetValueOrDefault(key);
                var pieces = row.Number("quantity");
                figures[key] = (lines + 1, quantity + pieces, net + (pieces * row.Money("unit_price")) - row.Money("discount"), paid);
            },
            cancellationToken
        );
        await ReadAsync(
            Shop.Payments,
            row =>
            {
                if (row.Text("status") == "completed")
                {
                    var key = orders[row.Number("order_id")];
                    figures[key] = figures[key] with { Paid = figures[key].Paid + row.Money("amount") };
                }
            },
            cancellationToken
        );
        return figures;
    }

    private async Task ReadAsync(SourceTable table, Action<Row> use, CancellationToken cancellationToken)
    {
        await using var snapshot = await sources.Databases[table.Database].OpenSnapshotAsync(cancellationToken);
        await using SourceReader reader = await snapshot.ReadAsync(sources.QueryFor(table).Shape, table.Columns, cancellationToken);
        var batch = new RowBatch(table.Columns);
        while (await reader.FillAsync(batch, cancellationToken))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                use(new Row(table, batch, i));
            }

            batch.Clear();
        }
    }

    private readonly record struct Row(SourceTable Table, RowBatch Batch, int Index)
    {
        public long Number(string column) =>
            this[column] is ValueBuffer<int> small ? small.Values[Index] : this[column].Values<long>()[Index];

        public decimal Money(string column) => Unscaled.ToDecimal(this[column].Values<long>()[Index], this[column].Column);

        public string Text(string column) => System.Text.Encoding.UTF8.GetString(this[column].AsText()[Index]);

        private ColumnBuffer this[string column] => Batch.Columns.First(buffer => buffer.Column.Name == column);
    }
}
