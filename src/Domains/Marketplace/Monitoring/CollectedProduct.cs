namespace Tradepost.Marketplace.Monitoring;

/// <summary>What was seen of a product.</summary>
/// <param name="Sku">Its key at the marketplace.</param>
/// <param name="Values">Title, brand, category and features by name, as texts; numbers with a decimal point.</param>
/// <param name="Offers">Its offers, each by name of field.</param>
internal sealed record CollectedProduct(
    string Sku,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<IReadOnlyDictionary<string, string>> Offers
);

/// <summary>What came of one request: the products that it showed, none where the source has no such page.</summary>
/// <param name="Key">Of the request.</param>
/// <param name="At">When it was answered, in UTC.</param>
/// <param name="Seen">What was seen.</param>
internal sealed record Collected(string Key, DateTime At, IReadOnlyList<CollectedProduct> Seen);
