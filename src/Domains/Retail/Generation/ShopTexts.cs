using System.Text;

namespace Tradepost.Retail.Generation;

/// <summary>Statuses and methods as the databases spell them, ready as UTF-8 for row batches.</summary>
internal static class ShopTexts
{
    private static readonly string[] OrderStatuses = ["new", "paid", "shipped", "cancelled"];
    private static readonly string[] PaymentStatuses = ["pending", "completed", "failed", "refunded"];
    private static readonly string[] Methods = ["card", "paypal", "bank_transfer", "cash"];

    private static readonly byte[][] OrderStatusBytes = Bytes(OrderStatuses);
    private static readonly byte[][] PaymentStatusBytes = Bytes(PaymentStatuses);
    private static readonly byte[][] MethodBytes = Bytes(Methods);

    public static string Text(OrderStatus status) => OrderStatuses[(int)status];

    public static string Text(PaymentStatus status) => PaymentStatuses[(int)status];

    public static string Text(PaymentMethod method) => Methods[(int)method];

    public static ReadOnlySpan<byte> Utf8(OrderStatus status) => OrderStatusBytes[(int)status];

    public static ReadOnlySpan<byte> Utf8(PaymentStatus status) => PaymentStatusBytes[(int)status];

    public static ReadOnlySpan<byte> Utf8(PaymentMethod method) => MethodBytes[(int)method];

    public static OrderStatus OrderStatus(string text) => (OrderStatus)IndexOf(OrderStatuses, text, "order status");

    public static PaymentStatus PaymentStatus(string text) => (PaymentStatus)IndexOf(PaymentStatuses, text, "payment status");

    private static int IndexOf(string[] texts, string text, string what)
    {
        var index = Array.IndexOf(texts, text);
        return index >= 0
            ? index
            : throw new ArgumentException($"'{text}' is no {what}; it is one of {string.Join(", ", texts)}.", nameof(text));
    }

    private static byte[][] Bytes(string[] texts) => [.. texts.Select(Encoding.UTF8.GetBytes)];
}
