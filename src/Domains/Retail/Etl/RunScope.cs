using Tradepost.Retail.Validation;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>How much of the warehouse a run looks at, as conditions for the scripts' placeholders.</summary>
internal sealed record RunScope
{
    /// <summary>All orders, or those in <c>affected_orders</c>.</summary>
    public required bool AllOrders { get; init; }

    /// <summary>All customers, or those in <c>stg_customers_units</c>.</summary>
    public required bool AllCustomers { get; init; }

    /// <summary>Whether all rows of a unit were read again when one was.</summary>
    public bool LandsWholeUnits { get; init; } = true;

    /// <summary>Whether every product may have changed, and not only those in <c>stg_products_units</c>.</summary>
    public bool AllProducts { get; init; }

    /// <summary>
    /// Whether rows of orders, lines or payments are held back, or were before this run: what is accepted may change though no row did.
    /// </summary>
    public bool HasRejects { get; init; }

    /// <summary>Whether regions and managers are as the last run left them, and what they are derived from, too.</summary>
    public bool AreRegionsUnchanged { get; init; }

    /// <summary>The same of products.</summary>
    public bool AreProductsUnchanged { get; init; }

    /// <summary>The same of customers.</summary>
    public bool AreCustomersUnchanged { get; init; }

    /// <summary>
    /// What is valid or was ordered later is derived again. What lies before is left as it is, but for what changed at the source.
    /// </summary>
    public DateTime? RestateFrom { get; init; }

    /// <summary>Of all orders, those with ids in this half-open range; open ends are allowed.</summary>
    public (long? From, long? To) Slice { get; init; }

    public IReadOnlyDictionary<string, Func<string, string>> Placeholders =>
        new Dictionary<string, Func<string, string>>
        {
            ["affected"] = order => AllOrders ? InSlice(order) : $"{order} IN (SELECT order_id FROM affected_orders)",
            ["version_key"] = argument => VersionKeys.Of(argument.Split('|')),
            ["numbers"] = argument => VersionKeys.Numbers(argument.Split('|')),
            ["plain_product"] = id => $"(CASE WHEN {id} <= {VersionKeys.LargestPlain} THEN {id} ELSE 0 END)",
            ["numbered"] = id => $"(CASE WHEN {id} > {VersionKeys.LargestPlain} THEN 1 ELSE 0 END)",
            ["plain_key"] = key => $"(CASE WHEN {key} > 0 THEN {key} - {key} % {VersionKeys.PerId} ELSE 0 END)",
            ["block"] = order => $"({order} >> 10)",
            ["between_tables"] = rule => $"{rule} IN ({string.Join(", ", Rules.BetweenTables.Select(Sql.Literal))})",
            ["landed_units"] = units => LandsWholeUnits ? $"SELECT unit FROM {units}" : $"SELECT unit FROM {units} WHERE FALSE",
            ["rejects"] = _ => HasRejects ? "TRUE" : "FALSE",
            ["in_slice"] = order => AllOrders ? InSlice(order) : "TRUE",
            ["orders"] = _ => AllOrders ? "accepted_orders" : "scoped_orders",
            ["lines"] = _ => AllOrders ? "accepted_order_items" : "scoped_lines",
            ["payments_of_orders"] = _ => AllOrders ? "accepted_payments" : "scoped_payments",
            ["payments"] = payment => AllOrders ? "TRUE" : $"{payment} IN (SELECT unit FROM stg_payments_units)",
            ["customers"] = customer =>
                AllCustomers || RestateFrom is not null ? "TRUE" : $"{customer} IN (SELECT unit FROM stg_customers_units)",
            ["restated_customer"] = version =>
                RestateFrom is { } from && !AllCustomers
                    ? $"({version}.valid_to > {Time(from)} OR {version}.customer_id IN (SELECT unit FROM stg_customers_units))"
                    : "TRUE",
            ["restated_product"] = version =>
                RestateFrom is { } from && !AllProducts
                    ? $"({version}.valid_to > {Time(from)} OR {version}.product_id IN (SELECT unit FROM stg_products_units))"
                    : "TRUE",
            ["restated_order"] = orderedAt => RestateFrom is { } from ? $"{orderedAt} >= {Time(from)}" : "FALSE",
        };

    private string InSlice(string order) =>
        (Slice.From, Slice.To) switch
        {
            (null, null) => "TRUE",
            ({ } from, null) => $"{order} >= {from}",
            (null, { } to) => $"{order} < {to}",
            ({ } from, { } to) => $"({order} >= {from} AND {order} < {to})",
        };

    private static string Time(DateTime time) => $"TIMESTAMP '{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";
}
