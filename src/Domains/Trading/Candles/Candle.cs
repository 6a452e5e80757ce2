namespace Tradepost.Trading.Candles;

/// <summary>What a price did in a span of time; NaN stands for what is not known.</summary>
/// <param name="OpenTime">Where the span begins, in microseconds since 1970 (UTC).</param>
/// <param name="Open">The first price.</param>
/// <param name="High">The highest price.</param>
/// <param name="Low">The lowest price.</param>
/// <param name="Close">The last price.</param>
internal readonly record struct Candle(long OpenTime, double Open, double High, double Low, double Close)
{
    /// <summary>The amount that was traded, in the base currency.</summary>
    public double Volume { get; init; } = double.NaN;

    /// <summary>The same in the quote currency.</summary>
    public double QuoteVolume { get; init; } = double.NaN;

    /// <summary>How many trades there were.</summary>
    public double Trades { get; init; } = double.NaN;

    /// <summary>The part of <see cref="Volume"/> that takers bought.</summary>
    public double TakerBuyVolume { get; init; } = double.NaN;

    /// <summary>Ask less bid in parts of the middle between them, the mean over time.</summary>
    public double Spread { get; init; } = double.NaN;

    /// <summary>Amount at the bid less that at the ask in parts of both, the mean over time: -1 to 1.</summary>
    public double Imbalance { get; init; } = double.NaN;

    /// <summary>Whether the span was recorded, its end among it.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>How many of the values that not every source has are known.</summary>
    public int KnownValues => Known(Volume) + Known(QuoteVolume) + Known(Trades) + Known(TakerBuyVolume) + Known(Spread) + Known(Imbalance);

    private static int Known(double value) => double.IsNaN(value) ? 0 : 1;
}
