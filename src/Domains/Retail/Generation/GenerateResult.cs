namespace Tradepost.Retail.Generation;

/// <summary>What <c>retail generate</c> made: rows, bad rows by kind, and the time it took.</summary>
public sealed record GenerateResult(ShopCounts Counts, IReadOnlyDictionary<string, long> Dirty, double Seconds);
