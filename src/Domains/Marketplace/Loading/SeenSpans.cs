using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>On which days products were, of rows that are written already: the first and last of each run of a product, without features.</summary>
internal sealed class SeenSpans(IReadOnlyList<Column> layout)
{
    private readonly List<RowBatch> batches = [];
    private byte[] sku = [];
    private int first;
    private int last;
    private bool isOpen;

    /// <summary>The days, as rows.</summary>
    public IReadOnlyList<RowBatch> Batches
    {
        get
        {
            Close();
            return batches;
        }
    }

    /// <summary>Takes rows in.</summary>
    public void Add(RowBatch rows)
    {
        var skus = rows[0].AsText();
        var days = rows[1].Values<int>();
        for (var row = 0; row < rows.Count; row++)
        {
            if (isOpen && skus[row].SequenceEqual(sku))
            {
                (first, last) = (Math.Min(first, days[row]), Math.Max(last, days[row]));
                continue;
            }

            Close();
            (sku, first, last, isOpen) = (Kept(skus[row]), days[row], days[row], true);
        }
    }

    private byte[] Kept(ReadOnlySpan<byte> text)
    {
        if (text.Length != sku.Length)
        {
            return text.ToArray();
        }

        text.CopyTo(sku);
        return sku;
    }

    private void Close()
    {
        if (isOpen)
        {
            Write(first);
        }

        if (isOpen && first != last)
        {
            Write(last);
        }

        isOpen = false;
    }

    private void Write(int day)
    {
        if (batches.Count == 0 || batches[^1].IsFull)
        {
            batches.Add(new RowBatch(layout));
        }

        var batch = batches[^1];
        var row = batch.Count++;
        batch[0].AsText().Set(row, sku);
        batch[1].Values<int>()[row] = day;
        batch[2].SetNull(row);
        batch[3].Values<long>()[row] = 0;
    }
}
