namespace Tradepost.Trading.Candles;

/// <summary>What the price of a symbol did in an hour.</summary>
/// <param name="OpenTime">Its beginning (UTC).</param>
/// <param name="Source">What it was made of: file, minutes or quotes.</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Close">The last price.</param>
/// <param name="Volume">What was traded, in the base currency; null where that is not known.</param>
/// <param name="IsWhole">Whether the hour was recorded, its end among it.</param>
public sealed record HourlyCandle(
    DateTime OpenTime,
    string Source,
    double Open,
    double High,
    double Low,
    double Close,
    double? Volume,
    bool IsWhole
);
