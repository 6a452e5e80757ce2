using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>
/// The shop's life going on: works on any shop in MySQL or DuckDB, generated or not. Equal shops and seeds get equal days.
/// </summary>
/// <param name="open">Opens one of the databases auth, catalog, orders, payments.</param>
/// <param name="seed">The seed the shop was generated with: its open orders then end as they would have.</param>
internal sealed class ShopSimulator(Func<string, CancellationToken, Task<DbConnection>> open, int seed)
{
    public const int MostDays = 366;

    /// <summary>Lets days pass, counted from the latest change there is.</summary>
    public async Task<AdvanceResult> AdvanceAsync(int days, CancellationToken cancellationToken)
    {
        if (days is < 1 or > MostDays)
        {
            throw new ArgumentOutOfRangeException(nameof(days), days, $"Between 1 and {MostDays} days can pass at once.");
        }

        await using var catalog = await ShopSession.OpenAsync(open, Shop.Catalog, cancellationToken);
        await using var orders = await ShopSession.OpenAsync(open, Shop.OrderDatabase, cancellationToken);
        await using var payments = await ShopSession.OpenAsync(open, Shop.PaymentDatabase, cancellationToken);
        var from = await LatestChangeAsync(catalog, orders, payments, cancellationToken);
        var period = new ShopPeriod(seed, from, from + (days * Moment.Day));

        var book = new PaymentBook(
            period,
            payments,
            1 + await payments.NumberAsync("SELECT COALESCE(MAX(id), 0) FROM payments", cancellationToken)
        );
        var moves = await ShopChanges.MoveCustomersAsync(orders, period, cancellationToken);
        var (offers, priceChanges) = await ShopChanges.ChangePricesAsync(catalog, period, cancellationToken);
        var older = new OlderOrders(period, orders, book);
        await older.ReturnAsync(cancellationToken);
        await older.ContinueAsync(cancellationToken);
        var placed = new NewOrders(period, orders, book, new Assortment(offers), moves);
        await placed.PlaceAsync(cancellationToken);
        await book.SaveAsync(cancellationToken);

        await catalog.CommitAsync(cancellationToken);
        await orders.CommitAsync(cancellationToken);
        await payments.CommitAsync(cancellationToken);
        return new AdvanceResult
        {
            From = Moment.ToDateTime(period.From),
            To = Moment.ToDateTime(period.To),
            Orders = placed.Orders,
            OrderItems = placed.Lines,
            Payments = book.Added,
            StatusChanges = older.Changes,
            Returns = older.Returns,
            Moves = moves.Count,
            PriceChanges = priceChanges,
        };
    }

    private static async Task<long> LatestChangeAsync(
        ShopSession catalog,
        ShopSession orders,
        ShopSession payments,
        CancellationToken cancellationToken
    )
    {
        var ordered = await orders.LatestChangeAsync(Shop.Orders, cancellationToken)
            ?? throw new InvalidOperationException("The shop has no orders yet; `retail generate` makes some.");
        long?[] others =
        [
            await orders.LatestChangeAsync(Shop.Customers, cancellationToken),
            await payments.LatestChangeAsync(Shop.Payments, cancellationToken),
            await catalog.LatestChangeAsync(Shop.Products, cancellationToken),
        ];
        return others.Aggregate(ordered, (latest, other) => other is { } moment ? Math.Max(latest, moment) : latest);
    }
}
