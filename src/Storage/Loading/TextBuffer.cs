using System.Text;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Texts as UTF-8 bytes, or binary values, end to end in one array. Rows are set in ascending order.</summary>
public sealed class TextBuffer(Column column, int capacity) : ColumnBuffer(column, capacity)
{
    private readonly int[] starts = new int[capacity];
    private readonly int[] lengths = new int[capacity];
    private byte[] bytes = new byte[capacity * 16];
    private int used;

    public ReadOnlySpan<byte> this[int row] => bytes.AsSpan(starts[row], lengths[row]);

    public void Set(int row, ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(row, value.Length));
    }

    public void Set(int row, ReadOnlySpan<char> value)
    {
        var target = Reserve(row, Encoding.UTF8.GetMaxByteCount(value.Length));
        var length = Encoding.UTF8.GetBytes(value, target);
        used -= target.Length - length;
        lengths[row] = length;
    }

    /// <summary>Whether a byte stands anywhere in the texts: one look at all of them.</summary>
    internal bool Contains(byte value) => bytes.AsSpan(0, used).Contains(value);

    public override void SetNull(int row)
    {
        base.SetNull(row);
        starts[row] = 0;
        lengths[row] = 0;
    }

    public override void Clear()
    {
        base.Clear();
        used = 0;
    }

    private Span<byte> Reserve(int row, int length)
    {
        if (used + length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + length));
        }

        starts[row] = used;
        lengths[row] = length;
        used += length;
        return bytes.AsSpan(starts[row], length);
    }
}
