namespace Tradepost.Trading.Exchanges;

/// <summary>The exchanges that there are, one line each.</summary>
internal static class ExchangeList
{
    public static IReadOnlyList<Exchange> All { get; } =
    [
        new BinanceExchange(BinanceMarket.UsdFutures),
        new BinanceExchange(BinanceMarket.CoinFutures),
        new BinanceExchange(BinanceMarket.Spot),
        new SimulatorExchange(),
    ];

    /// <summary>Whether the exchange that a file names has symbols in upper case only.</summary>
    public static bool AreUpperCase(ReadOnlySpan<byte> exchange)
    {
        foreach (var known in All)
        {
            if (known.HasUpperCaseSymbols(exchange))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One of its own, by its name.</summary>
    public static Exchange Named(this IEnumerable<Exchange> exchanges, string name) =>
        exchanges.Single(exchange => exchange.Name == name).At();
}
