namespace Tradepost.Trading.Watching;

/// <summary>A time in which rows of a symbol may be missing.</summary>
public sealed record RecordedGap(string Exchange, string Symbol, string Stream, DateTime From, DateTime To, double Seconds, string Reason);
