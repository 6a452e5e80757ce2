namespace Tradepost.Trading.Candles;

/// <summary>Which of several rows of one time is the candle.</summary>
internal static class CandleChoice
{
    /// <summary>Compares two rows; gives the one that counts, and why in words.</summary>
    /// <remarks>
    /// A row that knows more values is from a better list. Of equal ones the greater volume was read later: a candle that was read before
    /// its end has less.
    /// </remarks>
    public static (CandleRow Kept, CandleRow Aside, string Reason) Between(in CandleRow first, in CandleRow second) =>
        (first.Candle.KnownValues.CompareTo(second.Candle.KnownValues), first.Candle.Volume.CompareTo(second.Candle.Volume)) switch
        {
            (> 0, _) => (first, second, "has more values"),
            (< 0, _) => (second, first, "has more values"),
            (_, > 0) => (first, second, "has the greater volume"),
            (_, < 0) => (second, first, "has the greater volume"),
            _ => (first, second, "stands first"),
        };
}
