namespace Tradepost.Retail.Generation;

/// <summary>
/// The table that says: the rows beside it were generated and may be thrown away. Without it nothing that exists is replaced.
/// </summary>
internal static class ShopMarker
{
    public const string Table = "tradepost_generated";

    public const string Create =
        $"CREATE TABLE {Table} (seed int NOT NULL, scale int NOT NULL, until_day date NOT NULL, is_complete boolean NOT NULL)";

    public static string Insert(ShopOptions options) =>
        $"INSERT INTO {Table} (seed, scale, until_day, is_complete) VALUES ({options.Seed}, {options.Scale}, "
        + $"'{options.Until:yyyy-MM-dd}', false)";

    public const string Complete = $"UPDATE {Table} SET is_complete = true";
}
