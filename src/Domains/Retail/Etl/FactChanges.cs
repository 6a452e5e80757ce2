namespace Tradepost.Retail.Etl;

/// <summary>What a run did to the fact table.</summary>
internal readonly record struct FactChanges(long Inserted, long Updated, long Deleted);
