using Tradepost.Storage.Dialects;

namespace Tradepost.Marketplace.Loading;

/// <summary>The statements that merge rows beside the domain's tables into them, by what a file has.</summary>
internal sealed class MergeSteps
{
    private const string Folder = "Loading/Merging";

    private readonly Dialect dialect;
    private readonly Dictionary<string, Func<string, string>> words;

    public MergeSteps(Dialect dialect, RowShape shape)
    {
        this.dialect = dialect;

        // Prices without a merchant are the product's own.
        var isPrices = shape.Kind == ListingKind.Prices;
        words = new() { ["of_history"] = _ => isPrices ? "price IS NOT NULL" : "price IS NOT NULL AND merchant_id IS NOT NULL" };
        Statements = [.. shape.Kind == ListingKind.Sales ? Apply("known_sales") : Tables(shape)];
    }

    /// <summary>Statements in their order, and whether the rows that they affect are the domain's.</summary>
    public IReadOnlyList<(string Text, bool IsCounted)> Statements { get; }

    private IEnumerable<(string, bool)> Tables(RowShape shape)
    {
        var hasCategories = shape.Layout.Contains(ListingColumns.Category) || shape.Layout.Contains(ListingColumns.ParentCategory);
        var hasMerchants = shape.Layout.Contains(ListingColumns.MerchantId);
        return
        [
            .. hasCategories ? Apply("categories") : Nothing,
            .. Prepare("load_days"),
            .. hasMerchants
                ? [.. Prepare("load_merchants"), .. Apply("merchants"), .. Prepare("load_offers"), .. Apply("offers")]
                : Nothing,
            .. shape.Kind == ListingKind.Offers ? Prepare("load_offer_days") : Nothing,
            .. Apply("features_daily"),
            .. Prepare("load_products"),
            .. Apply("products"),
            .. shape.Layout.Contains(ListingColumns.Price) ? [.. Prepare("load_history"), .. Apply("price_history")] : Nothing,
            .. shape.Layout.Contains(ListingColumns.Units) ? Apply("known_sales") : Nothing,
        ];
    }

    private static IEnumerable<(string, bool)> Nothing => [];

    private IEnumerable<(string, bool)> Prepare(string name) => Statement(name).Select(text => (text, false));

    private IEnumerable<(string, bool)> Apply(string name) => Statement(name).Select(text => (text, true));

    private string[] Statement(string name) =>
        SqlScript
            .Load(typeof(MergeSteps).Assembly, $"{Folder}/{name}.sql")
            .For(dialect, words)
            .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
