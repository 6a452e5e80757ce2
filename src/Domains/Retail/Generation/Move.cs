namespace Tradepost.Retail.Generation;

/// <summary>A customer moves to another region.</summary>
internal readonly record struct Move(long CustomerId, int From, int To, long At);
