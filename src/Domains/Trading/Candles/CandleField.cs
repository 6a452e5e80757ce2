namespace Tradepost.Trading.Candles;

/// <summary>What a column of a file of candles is.</summary>
internal enum CandleField
{
    Time,

    /// <summary>The same time again, in another form.</summary>
    SecondTime,
    Symbol,
    Open,
    High,
    Low,
    Close,
    Volume,
    QuoteVolume,
    Trades,
    TakerBuyVolume,
}
