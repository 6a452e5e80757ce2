namespace Tradepost.Retail.Sources;

/// <summary>A mapping file: for each of our tables where it comes from in another shop.</summary>
internal sealed record ShopMapping(
    IReadOnlyDictionary<string, TableMapping> Tables,
    IReadOnlyDictionary<string, IReadOnlyList<string>> AcceptedValues
);
