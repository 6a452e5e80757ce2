using Tradepost.Storage;
using Tradepost.Trading.Candles;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// Hourly candles of symbols that move with one market: returns whose volatility comes in calm and hurried stretches, volumes that grow with
/// them, and some hours that are missing. Nothing in them tells where prices go. The same seed gives an hour the same candle, whenever it is asked for.
/// </summary>
internal sealed class SimulatedCandles(int seed)
{
    /// <summary>Every simulation begins with 2020, whichever part of it is asked for.</summary>
    public const long Beginning = 1_577_836_800 * Moment.Second;

    private const double UsualVolatility = 0.004;
    private const double Persistence = 0.97;
    private const double Surprise = 0.15;
    private const double MarketShare = 0.7;
    private const double FirstPrice = 30_000;
    private const double UsualVolume = 1_500;
    private const double MissingShare = 0.0005;
    private const int PricePlaces = 2;
    private const int AmountPlaces = 3;

    private readonly Random random = new(seed);

    /// <summary>Candles of each symbol, in order of time.</summary>
    /// <param name="symbols">How many symbols there are.</param>
    /// <param name="from">Where the first hour begins, in microseconds; not before <see cref="Beginning"/>.</param>
    /// <param name="to">Where the last hour ends.</param>
    public IReadOnlyList<IReadOnlyList<Candle>> Make(int symbols, long from, long to)
    {
        var made = Enumerable.Range(0, symbols).Select(_ => new List<Candle>()).ToArray();
        var prices = Enumerable.Range(0, symbols).Select(i => FirstPrice / Math.Pow(16, i)).ToArray();
        var mood = 0.0;
        for (var time = Beginning; time < to; time += Moment.Hour)
        {
            mood = (Persistence * mood) + (Surprise * Normal());
            var volatility = UsualVolatility * Math.Exp(mood);
            var market = Normal();
            for (var i = 0; i < symbols; i++)
            {
                var shock = (MarketShare * market) + (Math.Sqrt(1 - (MarketShare * MarketShare)) * Normal());
                var candle = Step(time, prices[i], volatility, shock);
                prices[i] = candle.Close;
                if (random.NextDouble() >= MissingShare && time >= from)
                {
                    made[i].Add(candle);
                }
            }
        }

        return made;
    }

    private Candle Step(long time, double open, double volatility, double shock)
    {
        var close = Price(open * Math.Exp(volatility * shock));
        var volume = Math.Round(
            UsualVolume * Math.Exp((Math.Abs(shock) / 2) + (0.5 * Normal())) * volatility / UsualVolatility,
            AmountPlaces
        );
        return new Candle(
            time,
            open,
            Price(Math.Max(open, close) * (1 + (volatility * Math.Abs(Normal()) / 2))),
            Price(Math.Min(open, close) * (1 - (volatility * Math.Abs(Normal()) / 2))),
            close
        )
        {
            Volume = volume,
            QuoteVolume = Math.Round(volume * (open + close) / 2, PricePlaces),
            Trades = Math.Round(volume * 20),
            TakerBuyVolume = Math.Round(volume * Math.Clamp(0.5 + (0.05 * shock) + (0.03 * Normal()), 0, 1), AmountPlaces),
        };
    }

    private static double Price(double value) => Math.Max(0.01, Math.Round(value, PricePlaces));

    /// <summary>Of mean 0 and deviation 1 (Box and Muller).</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
