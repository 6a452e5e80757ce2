using Tradepost.Retail.Sources;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Validation;

/// <summary>The rules, table by table. The first one that a row breaks is the one it is rejected for.</summary>
internal static class Rules
{
    public const string KeyUnique = "key.unique";
    public const string Readable = "row.readable";
    public const string OrderTime = "orders.ordered_at.range";
    public const string LineNeedsOrder = "order_items.order_id.relationship";
    public const string PaymentNeedsOrder = "payments.order_id.relationship";
    public const string PaymentOnce = "payments.payment.duplicate";

    /// <summary>The rules that other rows decide; they are checked with the orders, not with the row.</summary>
    public static readonly IReadOnlyList<string> BetweenTables = [LineNeedsOrder, PaymentNeedsOrder, PaymentOnce];

    /// <summary>UTF-8 read as Latin-1 (Cyrillic turns into Ð and Ñ with a stray byte), or characters lost on the way.</summary>
    private const string Mojibake = ".*([ÐÑ][\u0080-\u00bf]|\ufffd).*";

    private static readonly Dictionary<string, IReadOnlyList<string>> Accepted = new Dictionary<string, IReadOnlyList<string>>
    {
        ["orders.status"] = ["new", "paid", "shipped", "cancelled"],
        ["payments.method"] = ["card", "paypal", "bank_transfer", "cash"],
        ["payments.status"] = ["pending", "completed", "failed", "refunded"],
    };

    /// <summary>The rules of a table.</summary>
    /// <param name="table">The table whose rules are asked for.</param>
    /// <param name="latest">No order may be younger than this.</param>
    /// <param name="accepted">Accepted values that a mapping declares in place of ours, by table.column.</param>
    public static IReadOnlyList<Rule> For(
        SourceTable table,
        DateTime latest,
        IReadOnlyDictionary<string, IReadOnlyList<string>> accepted
    ) =>
        table.Name switch
        {
            "roles" => [NotNull("roles", "id")],
            "users" => [NotNull("users", "id")],
            "categories" => [NotNull("categories", "id"), NotBlank("categories", "name")],
            "products" =>
            [
                AtLeast("products", "id", 1),
                NotBlank("products", "sku"),
                Encoded("products", "name"),
                AtLeast("products", "price", 0),
            ],
            "regions" => [AtLeast("regions", "id", 1), NotBlank("regions", "name")],
            "employees" => [AtLeast("employees", "id", 1)],
            "customers" => [AtLeast("customers", "id", 1), Encoded("customers", "name"), Encoded("customers", "email")],
            "orders" =>
            [
                NotNull("orders", "id"),
                NotNull("orders", "customer_id"),
                NotNull("orders", "ordered_at"),
                AcceptedValues("orders", "status", accepted),
                Between("orders", "ordered_at", new DateTime(1990, 1, 1), latest),
            ],
            "order_items" =>
            [
                NotNull("order_items", "order_id"),
                NotNull("order_items", "line_number"),
                new Rule(
                    "order_items.product_id.relationship",
                    "(s.product_id IS NULL OR s.product_id <= 0)",
                    "a product that exists or may yet arrive",
                    "s.product_id"
                ),
                new Rule(
                    "order_items.quantity.range",
                    "(s.quantity IS NULL OR s.quantity < 1 OR s.quantity > 100000)",
                    "a quantity from 1 to 100000",
                    "s.quantity"
                ),
                AtLeast("order_items", "unit_price", 0),
                new Rule(
                    "order_items.discount.range",
                    "(s.discount IS NULL OR s.discount < 0 OR s.discount > CAST(s.quantity AS numeric(18,0)) * s.unit_price)",
                    "a discount from 0 to the line's price",
                    "s.discount"
                ),
            ],
            "payments" =>
            [
                NotNull("payments", "id"),
                NotNull("payments", "order_id"),
                AtLeast("payments", "amount", 0),
                AcceptedValues("payments", "method", accepted),
                AcceptedValues("payments", "status", accepted),
            ],
            _ => throw new ArgumentException($"There are no rules for table {table.Name}.", nameof(table)),
        };

    private static Rule NotNull(string table, string column) =>
        new($"{table}.{column}.not_null", $"(s.{column} IS NULL)", "a value", $"s.{column}");

    private static Rule NotBlank(string table, string column) =>
        new($"{table}.{column}.not_null", $"(s.{column} IS NULL OR trim(s.{column}) = '')", "a value", $"s.{column}");

    private static Rule Encoded(string table, string column) =>
        new(
            $"{table}.{column}.encoding",
            $"(s.{column} IS NOT NULL AND s.{column} ~ {Sql.Literal(Mojibake)})",
            "text in one encoding",
            $"s.{column}"
        );

    private static Rule AtLeast(string table, string column, int least) =>
        new($"{table}.{column}.range", $"(s.{column} IS NULL OR s.{column} < {least})", $"{least} or more", $"s.{column}");

    // The sentence does not name the moment: a row that was looked at again would have another reason each time.
    private static Rule Between(string table, string column, DateTime first, DateTime last) =>
        new(
            $"{table}.{column}.range",
            $"(s.{column} < TIMESTAMP '{first:yyyy-MM-dd}' OR s.{column} > TIMESTAMP '{last:yyyy-MM-dd HH:mm:ss}')",
            $"a time from {first:yyyy-MM-dd} to a day ahead of the load",
            $"s.{column}"
        );

    private static Rule AcceptedValues(string table, string column, IReadOnlyDictionary<string, IReadOnlyList<string>> accepted)
    {
        var values = accepted.GetValueOrDefault($"{table}.{column}") ?? Accepted[$"{table}.{column}"];
        return new Rule(
            $"{table}.{column}.accepted_values",
            $"(s.{column} IS NULL OR s.{column} NOT IN ({string.Join(", ", values.Select(Sql.Literal))}))",
            $"one of {string.Join(", ", values)}",
            $"s.{column}"
        );
    }
}
