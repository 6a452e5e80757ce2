namespace Tradepost.Marketplace.Sales;

/// <summary>Units that are known to have been sold from one day to another, both included.</summary>
/// <param name="Units">Where only a range is known, its middle.</param>
internal readonly record struct KnownSale(int First, int Last, double Units)
{
    public int Length => Last - First + 1;
}
