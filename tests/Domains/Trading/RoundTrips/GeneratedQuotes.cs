using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tests.RoundTrips;

/// <summary>Sets of quotes such as nobody sends every day: odd names, one side only, numbers of up to twenty digits.</summary>
internal static class GeneratedQuotes
{
    private static readonly string[] Exchanges = ["binance-futures", "coinbase", "ftx-us", "börse"];

    private static readonly string[] Symbols =
    [
        "BTCUSDT",
        "牛角USDT",
        "БТЦ-RUB",
        "A/B",
        "X%2F:Y",
        "BTC USD",
        "ÄÖÜ_É",
        "1000SHIB",
        "🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀🚀",
        "$TRUMP",
        "50%",
        "..",
        "'; DROP --",
        "BACK\\SLASH",
        "=1+1",
        "@142",
        "İIıß",
        "NULL",
        "-",
        "E\u0301A\u030A",
    ];

    /// <summary>Quotes of so many sets, all on one day, each with a time of arrival of its own.</summary>
    public static List<Quote> Sets(int count, int seed)
    {
        var random = new Random(seed);
        var quotes = new List<Quote>();
        for (var set = 0; set < count; set++)
        {
            var (exchange, symbol) = (Exchanges[random.Next(Exchanges.Length)], Symbols[random.Next(Symbols.Length)]);
            for (var left = random.Next(1, 6); left > 0; left--)
            {
                quotes.Add(Quote(random, exchange, symbol, quotes.Count));
            }
        }

        return quotes;
    }

    /// <summary>As an import takes it, with each number written in one of the ways that there are.</summary>
    public static string Line(Quote quote, Random random) =>
        $"{quote.Exchange},{quote.Symbol},{quote.Timestamp},{quote.LocalTimestamp},{Side(quote.HasAsk, quote.AskAmount, random)},{Side(quote.HasAsk, quote.AskPrice, random)},{Side(quote.HasBid, quote.BidPrice, random)},{Side(quote.HasBid, quote.BidAmount, random)}";

    private static Quote Quote(Random random, string exchange, string symbol, int number)
    {
        var (one, other) = (1 + Number(random, Exact.Largest - 1), 1 + Number(random, Exact.Largest - 1));
        var sides = random.Next(4);
        return new Quote(
            exchange,
            symbol,
            number + 1,
            TapeWorld.Noon + random.Next(1_000_000),
            TapeWorld.Noon + number,
            sides == 0 ? 0 : Number(random, Exact.Largest),
            sides == 0 ? 0 : Int128.Max(one, other),
            sides == 1 ? 0 : Int128.Min(one, other),
            sides == 1 ? 0 : Number(random, Exact.Largest)
        );
    }

    /// <summary>As many digits as chance will have it, up to the most.</summary>
    private static Int128 Number(Random random, Int128 most)
    {
        Int128 number = 0;
        for (var digits = random.Next(1, Exact.Digits + 1); digits > 0; digits--)
        {
            number = (number * 10) + random.Next(10);
        }

        return Int128.Min(number, most);
    }

    private static string Side(bool isThere, Int128 units, Random random)
    {
        if (!isThere)
        {
            return "";
        }

        var digits = units.ToString();
        return random.Next(5) switch
        {
            0 => $"{digits}e-8",
            1 => $"{digits[0]}.{digits[1..]}E{(digits.Length - 1 - Exact.Places).ToString("+0;-0")}",
            2 => $"00{Exact.Format(units)}",
            3 => $"{digits.PadLeft(Exact.Places + 1, '0').Insert(Math.Max(digits.Length, Exact.Places + 1) - Exact.Places, ".")}000",
            _ => Exact.Format(units),
        };
    }
}
