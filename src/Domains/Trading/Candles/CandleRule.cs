namespace Tradepost.Trading.Candles;

/// <summary>What every row of a file of candles must keep to, as rejects name it.</summary>
internal static class CandleRule
{
    /// <summary>Another row of the same time says the same.</summary>
    public const string Duplicate = "duplicate_candle";

    /// <summary>Another row of the same time says something else.</summary>
    public const string Conflict = "conflicting_candle";

    /// <summary>The time can be read, and is no earlier than 1990.</summary>
    public const string Time = "wrong_time";

    /// <summary>Prices lie between low and high and above nought; amounts are not below it.</summary>
    public const string Prices = "impossible_candle";

    /// <summary>Candles begin at whole minutes or hours.</summary>
    public const string NotAligned = "not_aligned";

    /// <summary>A candle has ended.</summary>
    public const string NotEnded = "not_ended";

    /// <summary>The symbol is a name that a symbol can have.</summary>
    public const string Symbol = "wrong_symbol";
}
