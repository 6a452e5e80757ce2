namespace Tradepost.Trading.Watching;

/// <summary>A UTC day of all symbols together.</summary>
/// <param name="TrustedShare">Of the seconds of its symbols; 0 without quotes.</param>
public sealed record CoveredDay(DateOnly Day, long Quotes, int Symbols, double TrustedShare, long GapSeconds, long UnrecordedSeconds);
