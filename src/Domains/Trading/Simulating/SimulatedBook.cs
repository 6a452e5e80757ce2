using System.Text.Json;

namespace Tradepost.Trading.Simulating;

/// <summary>
/// The levels of one symbol's order book round its best prices: a price at each tick, amounts by chance, the best ones as its quotes say.
/// </summary>
internal sealed class SimulatedBook(Random random)
{
    /// <summary>Prices of a side.</summary>
    public const int Levels = 50;

    private const int Bid = -1;
    private const int Ask = 1;

    private readonly Dictionary<long, long> bids = [];
    private readonly Dictionary<long, long> asks = [];
    private readonly SortedSet<long> changedBids = [];
    private readonly SortedSet<long> changedAsks = [];

    /// <summary>Moves the levels to where the best prices are now; something deeper changes too.</summary>
    public void Follow(long bid, long bidAmount, long ask, long askAmount)
    {
        Follow(bids, changedBids, bid, Bid, bidAmount);
        Follow(asks, changedAsks, ask, Ask, askAmount);
    }

    /// <summary>Writes all levels, best ones first.</summary>
    public void WriteLevels(Utf8JsonWriter json)
    {
        Write(json, "bids", bids.OrderByDescending(level => level.Key));
        Write(json, "asks", asks.OrderBy(level => level.Key));
    }

    /// <summary>Writes the levels that changed since the last time; an amount of 0 for a price that is gone.</summary>
    public void WriteChanges(Utf8JsonWriter json)
    {
        Write(json, name: null, changedBids.Select(price => KeyValuePair.Create(price, bids.GetValueOrDefault(price))));
        Write(json, name: null, changedAsks.Select(price => KeyValuePair.Create(price, asks.GetValueOrDefault(price))));
        ForgetChanges();
    }

    /// <summary>From here on only what changes later is a change.</summary>
    public void ForgetChanges()
    {
        changedBids.Clear();
        changedAsks.Clear();
    }

    private void Follow(Dictionary<long, long> side, SortedSet<long> changed, long best, int step, long amount)
    {
        foreach (var price in side.Keys)
        {
            if ((price - best) * step is < 0 or >= Levels)
            {
                side.Remove(price);
                changed.Add(price);
            }
        }

        for (var depth = 1; depth < Levels; depth++)
        {
            if (!side.ContainsKey(best + (depth * step)))
            {
                Set(side, changed, best + (depth * step), SimulatedSymbol.Amount(random));
            }
        }

        Set(side, changed, best, amount);
        Set(side, changed, best + (random.Next(1, Levels) * step), SimulatedSymbol.Amount(random));
    }

    private static void Set(Dictionary<long, long> side, SortedSet<long> changed, long price, long amount)
    {
        if (price > 0 && side.GetValueOrDefault(price) != amount)
        {
            side[price] = amount;
            changed.Add(price);
        }
    }

    private static void Write(Utf8JsonWriter json, string? name, IEnumerable<KeyValuePair<long, long>> levels)
    {
        if (name is not null)
        {
            json.WritePropertyName(name);
        }

        json.WriteStartArray();
        foreach (var (price, amount) in levels)
        {
            json.WriteStartArray();
            json.WriteStringValue($"{price / 100}.{price % 100:00}");
            json.WriteStringValue($"{amount / 1000}.{amount % 1000:000}");
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
