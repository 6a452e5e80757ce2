using System.Buffers.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tapes;

/// <summary>Lines of a file as rows of a table.</summary>
internal sealed class TapeRows(TapeKind kind, bool keepRepeated)
{
    private const int LongestId = 64;

    private readonly Market market = new();
    private byte[] before = new byte[256];
    private int beforeLength = -1;
    private long lastLocal;

    public static IReadOnlyList<Column> ColumnsOf(TapeKind kind) =>
        kind switch
        {
            TapeKind.Quotes => QuoteTables.QuoteColumns,
            TapeKind.Trades => [.. QuoteTables.TradeColumns, new Column("text_id", ColumnType.Text)],
            _ => QuoteTables.GapColumns,
        };

    public static string TableOf(TapeKind kind) =>
        kind switch
        {
            TapeKind.Quotes => QuoteTables.Quotes,
            TapeKind.Trades => QuoteTables.Trades,
            _ => QuoteTables.Gaps,
        };

    /// <summary>Adds a line to a batch that is not full, unless a defect that is not taken is found.</summary>
    public Defect Add(RowBatch batch, ReadOnlySpan<byte> line)
    {
        if (beforeLength == line.Length && !keepRepeated && line.SequenceEqual(before.AsSpan(0, beforeLength)))
        {
            return Defect.RepeatedLine;
        }

        var defect = Read(batch, line);
        if (defect.IsTaken())
        {
            batch.Count++;
            Remember(line);
        }

        return defect;
    }

    private void Remember(ReadOnlySpan<byte> line)
    {
        if (before.Length < line.Length)
        {
            before = new byte[line.Length * 2];
        }

        line.CopyTo(before);
        beforeLength = line.Length;
    }

    private Defect Read(RowBatch batch, ReadOnlySpan<byte> line)
    {
        if (!LineCells.TrySplit(line, out var cells))
        {
            return line.Trim((byte)' ').IsEmpty ? Defect.BlankLine : Defect.WrongColumnCount;
        }

        var noted = market.Read(cells[0], cells[1]);
        if (!noted.IsTaken())
        {
            return cells[0].SequenceEqual("exchange"u8) || line.StartsWith(TapeHeader.Mark) ? Defect.RepeatedHeader : noted;
        }

        var defect = Cell.ReadTimestamp(cells[2], out var timestamp);
        if (defect != Defect.None)
        {
            return cells[0].SequenceEqual("exchange"u8) ? Defect.RepeatedHeader : defect;
        }

        defect = Cell.ReadTimestamp(cells[3], out var local);
        if (defect != Defect.None)
        {
            return defect;
        }

        var row = batch.Count;
        defect = kind switch
        {
            TapeKind.Quotes => ReadQuote(batch, row, cells),
            TapeKind.Trades => ReadTrade(batch, row, cells),
            _ => ReadGap(batch, row, cells),
        };
        if (!defect.IsTaken())
        {
            return defect;
        }

        batch[0].AsText().Set(row, market.Exchange);
        batch[1].AsText().Set(row, market.Symbol);
        batch[2].Values<long>()[row] = timestamp;
        batch[3].Values<long>()[row] = local;
        var isBack = local < lastLocal;
        lastLocal = local;
        return noted != Defect.None ? noted
            : defect != Defect.None ? defect
            : isBack ? Defect.OutOfOrder
            : Defect.None;
    }

    private static Defect ReadQuote(RowBatch batch, int row, LineCells cells)
    {
        var (hasAsk, hasBid) = (!cells[5].IsEmpty, !cells[6].IsEmpty);
        if (hasAsk == cells[4].IsEmpty || hasBid == cells[7].IsEmpty)
        {
            return Defect.HalfASide;
        }

        var ofAsk = ReadSide(cells[5], cells[4], hasAsk, out var askPrice, out var askAmount);
        if (!ofAsk.IsTaken())
        {
            return ofAsk;
        }

        var ofBid = ReadSide(cells[6], cells[7], hasBid, out var bidPrice, out var bidAmount);
        if (!ofBid.IsTaken())
        {
            return ofBid;
        }

        var defect = QuoteRules.OfQuote(askAmount, askPrice, bidPrice, bidAmount);
        if (!defect.IsTaken())
        {
            return defect;
        }

        QuoteTables.Set(batch, row, askAmount, askPrice, bidPrice, bidAmount);
        return ofAsk != Defect.None ? ofAsk
            : ofBid != Defect.None ? ofBid
            : defect;
    }

    private static Defect ReadSide(
        ReadOnlySpan<byte> priceCell,
        ReadOnlySpan<byte> amountCell,
        bool isThere,
        out Int128 price,
        out Int128 amount
    )
    {
        (price, amount) = (0, 0);
        if (!isThere)
        {
            return Defect.None;
        }

        var ofPrice = Cell.ReadDecimal(priceCell, out price);
        var ofAmount = Cell.ReadDecimal(amountCell, out amount);
        return !ofPrice.IsTaken() || (ofAmount.IsTaken() && ofPrice != Defect.None) ? ofPrice : ofAmount;
    }

    private static Defect ReadTrade(RowBatch batch, int row, LineCells cells)
    {
        var id = cells[4];
        var side = cells[5];
        if (!side.SequenceEqual("buy"u8) && !side.SequenceEqual("sell"u8) && !side.SequenceEqual("unknown"u8))
        {
            return Defect.WrongSide;
        }

        if (id.Length > LongestId)
        {
            return Defect.DoesNotFit;
        }

        var defect = ReadSide(cells[6], cells[7], isThere: true, out var price, out var amount);
        if (!defect.IsTaken())
        {
            return defect;
        }

        var broken = QuoteRules.OfTrade(price, amount);
        if (!broken.IsTaken())
        {
            return broken;
        }

        batch[6].Values<Int128>()[row] = price;
        batch[7].Values<Int128>()[row] = amount;
        batch[5].AsText().Set(row, side);
        var isNumber =
            Utf8Parser.TryParse(id, out long number, out var used)
            && used == id.Length
            && (id.Length == 1 || id[0] != (byte)'0')
            && id[0] != (byte)'+';
        batch[4].Values<long>()[row] = number;
        if (isNumber || id.IsEmpty)
        {
            batch[8].SetNull(row);
        }
        else
        {
            batch[8].AsText().Set(row, id);
        }

        if (!isNumber)
        {
            batch[4].SetNull(row);
        }

        return defect;
    }

    private static Defect ReadGap(RowBatch batch, int row, LineCells cells)
    {
        for (var i = 4; i < 6; i++)
        {
            if (!Utf8Parser.TryParse(cells[i], out long id, out var used) || used != cells[i].Length)
            {
                return Defect.NotANumber;
            }

            batch[i].Values<long>()[row] = id;
        }

        batch[6].AsText().Set(row, cells[6]);
        batch[7].AsText().Set(row, cells[7]);
        return Defect.None;
    }
}
