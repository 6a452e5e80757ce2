using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// Whose the snapshots of a capture are. An exchange's answer does not always name its symbol: then it is the one whose updates have the
/// snapshot's number among them, and of several the one whose price is nearest.
/// </summary>
internal sealed class SnapshotOwners(Exchange exchange)
{
    private readonly Dictionary<string, Known> symbols = new(StringComparer.Ordinal);
    private readonly List<Asked> snapshots = [];
    private List<string>? owners;

    /// <summary>Whether there are changes of any order book.</summary>
    public bool HaveDepth => symbols.Values.Any(symbol => symbol.HasDepth);

    /// <summary>Whose the snapshot is that is the so many-th of the capture; empty where nobody is known.</summary>
    public string this[int snapshot] => (owners ??= [.. snapshots.Select(Owner)])[snapshot];

    /// <summary>Notes a frame of a stream.</summary>
    public void Add(MarketMessage message)
    {
        if (message.Symbol.Length == 0)
        {
            return;
        }

        var known = symbols.TryGetValue(message.Symbol, out var before) ? before : symbols[message.Symbol] = new Known();
        if (message.Kind == MessageKind.Depth)
        {
            known.First = known.HasDepth ? Math.Min(known.First, message.FirstUpdateId) : message.FirstUpdateId;
            known.Last = Math.Max(known.Last, message.UpdateId);
            known.HasDepth = true;
        }

        known.Price = PriceOf(message) is > 0 and var price ? price : known.Price;
    }

    /// <summary>Notes a snapshot; they are asked for in the same order.</summary>
    public void AddSnapshot(MarketMessage message)
    {
        var named =
            message.Symbol.Length > 0 ? message.Symbol
            : message.Stream.Length > 0 ? exchange.SymbolOf(message.Stream)
            : "";
        snapshots.Add(
            new Asked(
                named,
                message.UpdateId,
                PriceOf(message),
                symbols.ToDictionary(symbol => symbol.Key, symbol => symbol.Value.Price, StringComparer.Ordinal)
            )
        );
    }

    private string Owner(Asked snapshot)
    {
        if (snapshot.Named.Length > 0)
        {
            return snapshot.Named;
        }

        var withDepth = symbols.Where(symbol => symbol.Value.HasDepth).ToList();
        var spanning = withDepth
            .Where(symbol => snapshot.UpdateId >= symbol.Value.First - 1 && snapshot.UpdateId <= symbol.Value.Last)
            .ToList();
        var candidates =
            spanning.Count > 0 ? spanning
            : withDepth.Count > 0 ? withDepth
            : [.. symbols];
        return candidates
            .OrderBy(symbol => Apart(PriceThen(symbol, snapshot), snapshot.Price))
            .Select(symbol => symbol.Key)
            .FirstOrDefault()
            ?? "";
    }

    private static double Apart(double one, double other) => one > 0 && other > 0 ? Math.Abs(Math.Log(one / other)) : double.MaxValue;

    /// <summary>What the symbol cost when the snapshot came; where nothing was known of it yet, at the end.</summary>
    private static double PriceThen(KeyValuePair<string, Known> symbol, Asked snapshot) =>
        snapshot.Prices.GetValueOrDefault(symbol.Key) is > 0 and var price ? price : symbol.Value.Price;

    /// <summary>About what the symbol costs: a best price where the message has one.</summary>
    private static double PriceOf(MarketMessage message) =>
        message.BidPrice > 0 ? (double)message.BidPrice
        : message.AskPrice > 0 ? (double)message.AskPrice
        : message.Price > 0 ? (double)message.Price
        : message.Bids.Count > 0 ? (double)message.Bids.Max(level => level.Price)
        : message.Asks.Count > 0 ? (double)message.Asks.Min(level => level.Price)
        : 0;

    private sealed class Known
    {
        public bool HasDepth { get; set; }

        public long First { get; set; }

        public long Last { get; set; }

        public double Price { get; set; }
    }

    private sealed record Asked(string Named, long UpdateId, double Price, Dictionary<string, double> Prices);
}
