namespace Tradepost.Trading.Coverage;

/// <summary>
/// A symbol's day. A second is trusted when quotes were recorded before and after it and no gap touches it: without changes there are no
/// quotes.
/// </summary>
/// <param name="First">When its first quote of the day arrived, UTC.</param>
/// <param name="Trusted">Seconds that can be trusted.</param>
/// <param name="InGaps">Seconds that a gap touches.</param>
/// <param name="Unrecorded">Seconds before the first quote and after the last, outside of gaps.</param>
/// <param name="TrustedShare">Of the day's 86,400 seconds.</param>
public sealed record SymbolCoverage(
    string Exchange,
    string Symbol,
    long Quotes,
    DateTime? First,
    DateTime? Last,
    int Trusted,
    int InGaps,
    int Unrecorded,
    double TrustedShare
);
