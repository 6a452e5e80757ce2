namespace Tradepost.Trading.Quotes;

/// <summary>What a record of the collector's log holds: its first byte.</summary>
internal enum RecordKind : byte
{
    Quote = 1,
    Trade = 2,
    Gap = 3,

    /// <summary>A quote or trade with a number that needs more than 64 bits.</summary>
    WideQuote = 4,
    WideTrade = 5,
}
