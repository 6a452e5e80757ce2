namespace Tradepost.Trading.Filing;

/// <summary>Where a collector moves its log to.</summary>
public enum StorageKind
{
    Store,
    File,
    Both,
}
