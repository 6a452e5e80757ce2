using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Sources;

/// <summary>The shop's four databases, and how their tables map to ours when they are somebody else's.</summary>
internal sealed record ShopSources(IReadOnlyDictionary<string, Source> Databases, ShopMapping? Mapping = null)
{
    public SourceQuery QueryFor(SourceTable table) =>
        new(table, Databases[table.Database].Dialect, Mapping?.Tables[table.Name]);
}
