namespace Tradepost.Trading.Exchanges;

/// <summary>
/// A frame as it was read; filled again with each one. Prices and amounts are in units of 10⁻⁸, times in microseconds since 1970.
/// </summary>
internal sealed class MarketMessage
{
    public MessageKind Kind { get; set; }

    /// <summary>The name of the stream that it came on, as it was subscribed to; empty outside of streams.</summary>
    public string Stream { get; set; } = "";

    public string Symbol { get; set; } = "";

    /// <summary>The exchange's time; 0 where it gives none.</summary>
    public long Timestamp { get; set; }

    /// <summary>The last update of the book that this holds; of a trade its number.</summary>
    public long UpdateId { get; set; }

    /// <summary>The first update of the book that this holds.</summary>
    public long FirstUpdateId { get; set; }

    /// <summary>The last update of the message before, where the exchange says it; else −1.</summary>
    public long PreviousUpdateId { get; set; }

    public Int128 BidPrice { get; set; }

    public Int128 BidAmount { get; set; }

    public Int128 AskPrice { get; set; }

    public Int128 AskAmount { get; set; }

    public Int128 Price { get; set; }

    public Int128 Amount { get; set; }

    /// <summary>Whether the taker of a trade sold.</summary>
    public bool IsSell { get; set; }

    public List<BookLevel> Bids { get; } = [];

    public List<BookLevel> Asks { get; } = [];

    /// <summary>What was refused, in the exchange's words.</summary>
    public string Reason { get; set; } = "";

    public void Clear()
    {
        (Kind, Stream, Symbol, Reason) = (MessageKind.Other, "", "", "");
        (Timestamp, UpdateId, FirstUpdateId, PreviousUpdateId) = (0, 0, 0, -1);
        (BidPrice, BidAmount, AskPrice, AskAmount, Price, Amount, IsSell) = (0, 0, 0, 0, 0, 0, false);
        Bids.Clear();
        Asks.Clear();
    }
}
