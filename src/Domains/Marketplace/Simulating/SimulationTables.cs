using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Simulating;

/// <summary>A simulated marketplace in the tables of the store, in one transaction that first removes the one simulated before.</summary>
internal sealed class SimulationTables : SimulationTarget
{
    private const string Own = "sku LIKE 'sim-%'";

    private readonly SimulatedMarketplace marketplace;
    private readonly JobContext context;
    private readonly DbConnection connection;
    private readonly DbTransaction transaction;

    private SimulationTables(SimulatedMarketplace marketplace, JobContext context, DbConnection connection, DbTransaction transaction) =>
        (this.marketplace, this.context, this.connection, this.transaction) = (marketplace, context, connection, transaction);

    public static async Task<SimulationTables> OpenAsync(
        SimulatedMarketplace marketplace,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        var session = await context.Store.OpenSessionAsync(cancellationToken);
        try
        {
            var begun = await session.BeginTransactionAsync(cancellationToken);
            var tables = new SimulationTables(marketplace, context, session, begun);
            foreach (var table in new[] { "products", "features_daily", "offers", "price_history", "known_sales", "suspects" })
            {
                await session.ExecuteAsync($"DELETE FROM {table} WHERE {Own}", null, cancellationToken);
            }

            await tables.WriteNamesAsync(cancellationToken);
            return tables;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public override async Task WriteAsync(IReadOnlyList<SimulatedProduct> products, CancellationToken cancellationToken)
    {
        await WriteAsync(
            SimulationRows.Products,
            products.Where(product => product.Readings.Count > 0).Select(product => (Row)((batch, row) => Fill(batch, row, product))),
            cancellationToken
        );
        await WriteAsync(
            SimulationRows.Features,
            from product in products
            from reading in product.Readings
            select (Row)((batch, row) => Fill(batch, row, product, reading)),
            cancellationToken
        );
        await WriteAsync(
            SimulationRows.Offers,
            from product in products
            from offer in product.Offers
            select (Row)((batch, row) => Fill(batch, row, product, offer)),
            cancellationToken
        );
        await WriteAsync(
            SimulationRows.Prices,
            from product in products
            from span in SimulationRows.SpansOf(product.Offers)
            select (Row)((batch, row) => Fill(batch, row, product, span)),
            cancellationToken
        );
        await WriteAsync(
            SimulationRows.Sales,
            from product in products
            from week in product.KnownSales()
            select (Row)((batch, row) => Fill(batch, row, product, week)),
            cancellationToken
        );
    }

    public override async Task<IReadOnlyList<string>> CompleteAsync(CancellationToken cancellationToken)
    {
        await context.PublishAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [];
    }

    public override async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    /// <summary>Categories and merchants that are not there yet.</summary>
    private async Task WriteNamesAsync(CancellationToken cancellationToken)
    {
        var categories = SimulatedNames
            .Categories.Select(category => (category.Name, Parent: (string?)category.Parent))
            .Concat(SimulatedNames.Categories.Select(category => (Name: category.Parent, Parent: (string?)null)).Distinct());
        foreach (var (name, parent) in categories)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO categories (id, name, parent) SELECT CAST(@name AS text), CAST(@name AS text), CAST(@parent AS text)
                WHERE NOT EXISTS (SELECT 1 FROM categories WHERE id = @name)
                """,
                new { name, parent },
                cancellationToken
            );
        }

        for (var merchant = 0; merchant < SimulatedNames.Merchants; merchant++)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO merchants (id, name, rating) SELECT CAST(@id AS text), CAST(@name AS text), CAST(@rating AS double precision)
                WHERE NOT EXISTS (SELECT 1 FROM merchants WHERE id = @id)
                """,
                new
                {
                    id = SimulatedNames.MerchantId(merchant),
                    name = SimulatedNames.MerchantName(merchant),
                    rating = 3.5 + (merchant % 16 / 10.0),
                },
                cancellationToken
            );
        }
    }

    private async Task WriteAsync(Table table, IEnumerable<Row> rows, CancellationToken cancellationToken)
    {
        await using var writer = await context.Store.BeginBulkWriteAsync(connection, table.Name, table.Columns, cancellationToken);
        var batch = new RowBatch(table.Columns);
        foreach (var fill in rows)
        {
            fill(batch, batch.Count++);
            if (batch.IsFull)
            {
                await writer.WriteAsync(batch, cancellationToken);
                batch.Clear();
            }
        }

        if (batch.Count > 0)
        {
            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private void Fill(RowBatch batch, int row, SimulatedProduct product)
    {
        SimulationRows.Text(batch, row, product.Sku, product.Title, product.Brand, product.Category);
        batch[4].Values<int>()[row] = DayOf(product.Readings[0].Day);
        batch[5].Values<int>()[row] = DayOf(product.Readings[^1].Day);
    }

    private void Fill(RowBatch batch, int row, SimulatedProduct product, SimulatedReading reading)
    {
        SimulationRows.Text(batch, row, product.Sku);
        batch[1].Values<int>()[row] = DayOf(reading.Day);
        batch[2].AsText().Set(row, SimulationRows.FeaturesOf(reading).AsSpan());
    }

    private void Fill(RowBatch batch, int row, SimulatedProduct product, SimulatedOffer offer)
    {
        SimulationRows.Text(batch, row, product.Sku, SimulatedNames.MerchantId(offer.Merchant));
        batch[2].Values<long>()[row] = (DayOf(offer.Day) * Moment.Day) + (9 * Moment.Hour);
        batch[3].Values<long>()[row] = SimulationRows.CentsOf(offer.Price);
        batch[4].AsText().Set(row, (offer.IsAvailable ? "in_stock" : "out_of_stock").AsSpan());
        batch[5].Values<int>()[row] = offer.DeliveryDays;
    }

    private void Fill(RowBatch batch, int row, SimulatedProduct product, PriceSpan span)
    {
        SimulationRows.Text(batch, row, product.Sku, SimulatedNames.MerchantId(span.Merchant));
        batch[2].Values<long>()[row] = SimulationRows.CentsOf(span.Price);
        batch[3].Values<int>()[row] = DayOf(span.From);
        if (span.To is { } to)
        {
            batch[4].Values<int>()[row] = DayOf(to);
        }
        else
        {
            batch[4].SetNull(row);
        }
    }

    private void Fill(RowBatch batch, int row, SimulatedProduct product, (int FirstDay, int LastDay, int Units) week)
    {
        SimulationRows.Text(batch, row, product.Sku);
        batch[1].Values<int>()[row] = DayOf(week.FirstDay);
        batch[2].Values<int>()[row] = DayOf(week.LastDay);
        batch[3].Values<double>()[row] = week.Units;
        batch[4].SetNull(row);
    }

    /// <summary>Days since 1970-01-01.</summary>
    private int DayOf(int day) => (int)(Moment.Of(marketplace.DateOf(day)) / Moment.Day);

    private delegate void Row(RowBatch batch, int row);
}
