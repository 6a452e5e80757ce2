namespace Tradepost.Retail.Etl;

/// <summary>What a run did to the fact table.</summary>
internal readonly record struct FactChanges(long Inserted, long Updated, long Deleted)
{
    public static FactChanges operator +(FactChanges left, FactChanges right) =>
        new(left.Inserted + right.Inserted, left.Updated + right.Updated, left.Deleted + right.Deleted);
}
