using Tradepost.Storage;
using Tradepost.Storage.Loading;

namespace Tradepost.Retail.Generation;

/// <summary>The rows that belong to an order: itself, its lines, its payments.</summary>
internal sealed class OrderRows(GeneratedShop shop, Dirt dirt)
{
    /// <summary>A failed attempt, the payment, and its duplicate where rows are made bad.</summary>
    public const int MostPayments = 3;

    public void Order(RowBatch batch, long id)
    {
        var row = batch.Count++;
        var order = shop.Order(id);
        batch[0].Values<long>()[row] = id;
        batch[1].Values<long>()[row] = order.CustomerId;
        if (order.ManagerId == 0)
        {
            batch[2].SetNull(row);
        }
        else
        {
            batch[2].Values<long>()[row] = order.ManagerId;
        }

        batch[3].Values<long>()[row] = order.RegionId;
        batch[4].AsText().Set(row, ShopTexts.Utf8(order.Fate.StatusAt(shop.Until)));
        batch[5].Values<long>()[row] = dirt.OfOrder(id) is null ? order.OrderedAt : shop.Until + (365 * Moment.Day);
        batch[6].Values<long>()[row] = order.Fate.ChangedAt(shop.Until);
    }

    public void Lines(RowBatch batch, long orderId)
    {
        Span<OrderLine> lines = stackalloc OrderLine[Assortment.MostLines];
        var count = shop.FillBasket(shop.Order(orderId), lines);
        foreach (var line in lines[..count])
        {
            var row = batch.Count++;
            var dirty = dirt.OfLine(orderId, line.Number);
            batch[0].Values<long>()[row] = orderId;
            batch[1].Values<int>()[row] = line.Number;
            batch[2].Values<long>()[row] = dirty == DirtKind.UnknownProduct ? 0 : line.ProductId;
            batch[3].Values<int>()[row] = dirty == DirtKind.NegativeQuantity ? -line.Quantity : line.Quantity;
            batch[4].Values<long>()[row] = line.UnitPrice;
            batch[5].Values<long>()[row] = line.Discount;
        }
    }

    /// <summary>A filler for payments, which number themselves: an order has none, one or more.</summary>
    public Action<RowBatch, long> PaymentsFrom(long firstId)
    {
        var next = firstId;
        return (batch, orderId) =>
        {
            var order = shop.Order(orderId);
            if (order.Fate.InvoicedAt > shop.Until)
            {
                return;
            }

            var amount = TotalOf(order);
            if (order.Fate.HasFailedAttempt)
            {
                Payment(batch, next++, order, PaymentStatus.Failed, amount, order.Fate.InvoicedAt);
            }

            Payment(batch, next++, order, order.Fate.PaymentAt(shop.Until), amount, order.Fate.PaymentChangedAt(shop.Until));
            if (dirt.OfPayment(orderId) is not null)
            {
                Payment(batch, next++, order, order.Fate.PaymentAt(shop.Until), amount, order.Fate.PaymentChangedAt(shop.Until));
            }
        };
    }

    private static void Payment(RowBatch batch, long id, in Order order, PaymentStatus status, long amount, long changedAt)
    {
        var row = batch.Count++;
        batch[0].Values<long>()[row] = id;
        batch[1].Values<long>()[row] = order.Id;
        batch[2].AsText().Set(row, ShopTexts.Utf8(order.Fate.Method));
        batch[3].AsText().Set(row, ShopTexts.Utf8(status));
        batch[4].Values<long>()[row] = amount;
        if (status is PaymentStatus.Completed or PaymentStatus.Refunded)
        {
            batch[5].Values<long>()[row] = order.Fate.PaidAt;
        }
        else
        {
            batch[5].SetNull(row);
        }

        batch[6].Values<long>()[row] = changedAt;
    }

    private long TotalOf(in Order order)
    {
        Span<OrderLine> lines = stackalloc OrderLine[Assortment.MostLines];
        var total = 0L;
        foreach (var line in lines[..shop.FillBasket(order, lines)])
        {
            total += line.Net;
        }

        return total;
    }
}
