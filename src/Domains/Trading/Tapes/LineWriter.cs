using System.Buffers.Text;
using System.Text;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tapes;

/// <summary>Lines of cells in a buffer.</summary>
internal sealed class LineWriter
{
    private const int LongestCell = 256;

    private byte[] buffer = new byte[1 << 16];
    private int used;
    private bool isInside;

    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, used);

    public int Length => used;

    public void Clear() => used = 0;

    public void Header(string header)
    {
        Reserve(header.Length + 1);
        used += Encoding.ASCII.GetBytes(header, buffer.AsSpan(used));
        End();
    }

    public void Text(string text)
    {
        Begin();
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        used += Encoding.UTF8.GetBytes(text, buffer.AsSpan(used));
    }

    public void Number(long number)
    {
        Begin();
        Utf8Formatter.TryFormat(number, buffer.AsSpan(used), out var written);
        used += written;
    }

    /// <summary>A decimal in units of 10⁻⁸.</summary>
    public void Decimal(Int128 units)
    {
        Begin();
        Span<char> text = stackalloc char[Exact.LongestText];
        used += Encoding.ASCII.GetBytes(text[..Exact.Format(units, text)], buffer.AsSpan(used));
    }

    /// <summary>A quote as the archives write it: an empty pair for a side without orders.</summary>
    public void Line(in Quote quote)
    {
        Text(quote.Exchange);
        Text(quote.Symbol);
        Number(quote.Timestamp);
        Number(quote.LocalTimestamp);
        DecimalIf(quote.HasAsk, quote.AskAmount);
        DecimalIf(quote.HasAsk, quote.AskPrice);
        DecimalIf(quote.HasBid, quote.BidPrice);
        DecimalIf(quote.HasBid, quote.BidAmount);
        End();
    }

    public void End()
    {
        Reserve(1);
        buffer[used++] = (byte)'\n';
        isInside = false;
    }

    private void DecimalIf(bool isThere, Int128 units)
    {
        if (isThere)
        {
            Decimal(units);
        }
        else
        {
            Begin();
        }
    }

    private void Begin()
    {
        Reserve(LongestCell);
        if (isInside)
        {
            buffer[used++] = (byte)',';
        }

        isInside = true;
    }

    private void Reserve(int length)
    {
        if (buffer.Length - used < length)
        {
            Array.Resize(ref buffer, Math.Max(used + length, buffer.Length * 2));
        }
    }
}
