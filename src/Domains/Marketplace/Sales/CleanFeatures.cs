namespace Tradepost.Marketplace.Sales;

/// <summary>The features that estimates are made from, one row a product and day: the one place where values that are suspected are left out.</summary>
internal static class CleanFeatures
{
    /// <summary>A query of sku, day, reviews, price and sold; what a source did not give, or was not believed by a day, is null.</summary>
    /// <param name="until">That day as an expression of SQL: what the guard could only know later is taken as it was seen.</param>
    /// <param name="of">Of which rows, a table or a query in parentheses: a value is looked up in each of them.</param>
    /// <param name="pricesOn">The day whose prices are asked for, as an expression of SQL; null for those of all days.</param>
    public static string Query(string until, string of = "features_daily", string? pricesOn = null) =>
        $"""
            SELECT f.sku, f.feature_date AS day, {Believed("reviews")} AS reviews, {Believed("price", pricesOn)} AS price, {Believed(
                "sold"
            )} AS sold
            FROM {of} f
            LEFT JOIN (
              SELECT sku, date, max(CASE WHEN field = 'reviews' THEN 1 END) AS reviews, max(CASE WHEN field = 'price' THEN 1 END) AS price,
                max(CASE WHEN field = 'sold' THEN 1 END) AS sold
              FROM suspects WHERE state <> 'released' AND known_on <= {until} GROUP BY sku, date
            ) s ON s.sku = f.sku AND s.date = f.feature_date
            """;

    /// <summary>The rows from one day to another of the products that a query of sku gives, in parentheses; days are expressions of SQL.</summary>
    public static string Rows(string skus, string first, string last) =>
        $"(SELECT d.sku, d.feature_date, d.features FROM features_daily d JOIN ({skus}) k ON k.sku = d.sku WHERE d.feature_date >= {first} AND d.feature_date <= {last})";

    /// <summary>Days are numbers in SQL, counted from this one.</summary>
    public static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>A day as such a number.</summary>
    public static string Number(string day) => $"CAST({day} - DATE '2000-01-01' AS integer)";

    private static string Believed(string field, string? on = null) =>
        $"CASE WHEN s.{field} IS NULL{(on is null ? "" : $" AND f.feature_date = {on}")} THEN CAST(f.features ->> '{field}' AS double precision) END";
}
