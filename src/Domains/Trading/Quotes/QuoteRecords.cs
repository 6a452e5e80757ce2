using System.Buffers.Binary;
using System.Text;

namespace Tradepost.Trading.Quotes;

/// <summary>
/// Quotes, trades and gaps as records of the log: the kind, texts with their length in a byte before them, then numbers of eight bytes,
/// little endian, in the order of the type's fields. Prices and amounts have sixteen bytes in records of a kind of their own, when one of
/// them needs more.
/// </summary>
internal sealed class QuoteRecords
{
    private const int WideSize = 16;

    private readonly Dictionary<ulong, (byte[] Bytes, string Text)> texts = [];

    /// <summary>Writes a quote; gives the length.</summary>
    public static int Write(Span<byte> target, in Quote quote)
    {
        var isNarrow = Fits(quote.AskAmount) && Fits(quote.AskPrice) && Fits(quote.BidPrice) && Fits(quote.BidAmount);
        var length = Begin(target, isNarrow ? RecordKind.Quote : RecordKind.WideQuote, quote.Exchange, quote.Symbol);
        length = Numbers(target, length, [quote.UpdateId, quote.Timestamp, quote.LocalTimestamp]);
        return Decimals(target, length, isNarrow, [quote.AskAmount, quote.AskPrice, quote.BidPrice, quote.BidAmount]);
    }

    public static int Write(Span<byte> target, in Trade trade)
    {
        var isNarrow = Fits(trade.Price) && Fits(trade.Amount);
        var length = Begin(target, isNarrow ? RecordKind.Trade : RecordKind.WideTrade, trade.Exchange, trade.Symbol);
        length = Numbers(target, length, [trade.Id, trade.Timestamp, trade.LocalTimestamp, trade.IsSell ? 1 : 0]);
        return Decimals(target, length, isNarrow, [trade.Price, trade.Amount]);
    }

    public static int Write(Span<byte> target, in Gap gap)
    {
        var length = Begin(target, RecordKind.Gap, gap.Exchange, gap.Symbol);
        length = Text(target, length, gap.Stream);
        length = Text(target, length, gap.Reason);
        return Numbers(target, length, [gap.From, gap.To, gap.FromUpdateId, gap.ToUpdateId]);
    }

    /// <summary>A quote, a trade or a gap, however wide its numbers are.</summary>
    public static RecordKind KindOf(ReadOnlySpan<byte> record) =>
        (RecordKind)record[0] switch
        {
            RecordKind.WideQuote => RecordKind.Quote,
            RecordKind.WideTrade => RecordKind.Trade,
            var kind => kind,
        };

    public Quote ReadQuote(ReadOnlySpan<byte> record)
    {
        const int Before = 3;
        var isWide = record[0] == (byte)RecordKind.WideQuote;
        record = record[1..];
        var (exchange, symbol) = (Text(ref record), Text(ref record));
        return new Quote(
            exchange,
            symbol,
            Number(record, 0),
            Number(record, 1),
            Number(record, 2),
            Decimal(record, Before, 0, isWide),
            Decimal(record, Before, 1, isWide),
            Decimal(record, Before, 2, isWide),
            Decimal(record, Before, 3, isWide)
        );
    }

    public Trade ReadTrade(ReadOnlySpan<byte> record)
    {
        const int Before = 4;
        var isWide = record[0] == (byte)RecordKind.WideTrade;
        record = record[1..];
        var (exchange, symbol) = (Text(ref record), Text(ref record));
        return new Trade(
            exchange,
            symbol,
            Number(record, 0),
            Number(record, 1),
            Number(record, 2),
            Number(record, 3) == 1,
            Decimal(record, Before, 0, isWide),
            Decimal(record, Before, 1, isWide)
        );
    }

    public Gap ReadGap(ReadOnlySpan<byte> record)
    {
        record = record[1..];
        var (exchange, symbol, stream, reason) = (Text(ref record), Text(ref record), Text(ref record), Text(ref record));
        return new Gap(exchange, symbol, stream, Number(record, 0), Number(record, 1), Number(record, 2), Number(record, 3), reason);
    }

    private static int Begin(Span<byte> target, RecordKind kind, string exchange, string symbol)
    {
        target[0] = (byte)kind;
        return Text(target, Text(target, 1, exchange), symbol);
    }

    private static int Text(Span<byte> target, int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, target[(at + 1)..]);
        target[at] = checked((byte)length);
        return at + 1 + length;
    }

    private static int Numbers(Span<byte> target, int at, ReadOnlySpan<long> numbers)
    {
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[at..], number);
            at += sizeof(long);
        }

        return at;
    }

    private static int Decimals(Span<byte> target, int at, bool areNarrow, ReadOnlySpan<Int128> decimals)
    {
        foreach (var value in decimals)
        {
            if (areNarrow)
            {
                BinaryPrimitives.WriteInt64LittleEndian(target[at..], (long)value);
                at += sizeof(long);
            }
            else
            {
                BinaryPrimitives.WriteInt128LittleEndian(target[at..], value);
                at += WideSize;
            }
        }

        return at;
    }

    private static bool Fits(Int128 value) => value >= long.MinValue && value <= long.MaxValue;

    private static Int128 Decimal(ReadOnlySpan<byte> numbers, int before, int index, bool isWide) =>
        isWide
            ? BinaryPrimitives.ReadInt128LittleEndian(numbers[((before * sizeof(long)) + (index * WideSize))..])
            : Number(numbers, before + index);

    private static long Number(ReadOnlySpan<byte> numbers, int index) =>
        BinaryPrimitives.ReadInt64LittleEndian(numbers[(index * sizeof(long))..]);

    /// <summary>The same few names come again and again: they are made once.</summary>
    private string Text(ref ReadOnlySpan<byte> record)
    {
        var text = record.Slice(1, record[0]);
        record = record[(1 + text.Length)..];
        var key = 14695981039346656037UL;
        foreach (var value in text)
        {
            key = (key ^ value) * 1099511628211UL;
        }

        if (texts.TryGetValue(key, out var known) && text.SequenceEqual(known.Bytes))
        {
            return known.Text;
        }

        texts[key] = (text.ToArray(), Encoding.UTF8.GetString(text));
        return texts[key].Text;
    }
}
