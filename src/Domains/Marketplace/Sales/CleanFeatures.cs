namespace Tradepost.Marketplace.Sales;

/// <summary>The features that estimates are made from, one row a product and day: the one place where values that are suspected are left out.</summary>
internal static class CleanFeatures
{
    /// <summary>A query of sku, day, reviews, price and sold; what a source did not give is null.</summary>
    public const string Query = """
        SELECT sku, feature_date AS day, CAST(features ->> 'reviews' AS double precision) AS reviews,
            CAST(features ->> 'price' AS double precision) AS price, CAST(features ->> 'sold' AS double precision) AS sold
        FROM features_daily
        """;

    /// <summary>Days are numbers in SQL, counted from this one.</summary>
    public static readonly int FirstDay = new DateOnly(2000, 1, 1).DayNumber;

    /// <summary>A day as such a number.</summary>
    public static string Number(string day) => $"CAST({day} - DATE '2000-01-01' AS integer)";
}
