namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>The table that others load the file into: its columns, and nothing else.</summary>
internal static class BareTable
{
    public const string Name = "product_days";

    public const string Create =
        "CREATE TABLE product_days (sku varchar(32), date date, reviews integer, rating numeric(4, 2), price numeric(12, 2))";
}
