namespace Tradepost.Trading.Quotes;

/// <summary>What a record of the collector's log holds: its first byte.</summary>
internal enum RecordKind : byte
{
    Quote = 1,
    Trade = 2,
    Gap = 3,
}
