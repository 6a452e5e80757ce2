namespace Tradepost.Trading.Exchanges;

/// <summary>One of Binance's markets: the same frames at different addresses.</summary>
/// <param name="Name">As in Tardis's files.</param>
/// <param name="Stream">Where its streams are had.</param>
/// <param name="Rest">Where snapshots are had, up to the question mark.</param>
/// <param name="IsRouted">Whether quotes and trades have addresses of their own, as on USD-M since 2026.</param>
/// <param name="IsChained">Whether changes of the book name the one before.</param>
/// <param name="DepthSpeed">The fastest documented stream of changes.</param>
internal sealed record BinanceMarket(string Name, Uri Stream, Uri Rest, bool IsRouted, bool IsChained, string DepthSpeed)
{
    public static readonly BinanceMarket UsdFutures = new(
        "binance-futures",
        new Uri("wss://fstream.binance.com"),
        new Uri("https://fapi.binance.com/fapi/v1/depth"),
        IsRouted: true,
        IsChained: true,
        "@100ms"
    );

    public static readonly BinanceMarket CoinFutures = new(
        "binance-delivery",
        new Uri("wss://dstream.binance.com"),
        new Uri("https://dapi.binance.com/dapi/v1/depth"),
        IsRouted: false,
        IsChained: true,
        "@100ms"
    );

    public static readonly BinanceMarket Spot = new(
        "binance",
        new Uri("wss://stream.binance.com:9443"),
        new Uri("https://api.binance.com/api/v3/depth"),
        IsRouted: false,
        IsChained: false,
        "@100ms"
    );
}
