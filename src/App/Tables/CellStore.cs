namespace Tradepost.App.Tables;

/// <summary>The cells of a table, row by row, as one piece of UTF-8.</summary>
/// <param name="columns">How many cells a row has.</param>
/// <param name="likely">How many bytes there will probably be.</param>
internal sealed class CellStore(int columns, long likely)
{
    private const int FewestCells = 1024;

    private byte[] text = new byte[Math.Clamp(likely, 256, Array.MaxLength)];
    private int[] ends = new int[FewestCells];
    private int cells;

    public ReadOnlySpan<byte> this[int row, int column]
    {
        get
        {
            var at = (row * (long)columns) + column;
            var from = at == 0 ? 0 : ends[at - 1];
            return text.AsSpan(from, ends[at] - from);
        }
    }

    /// <summary>Whether a sign is in any cell.</summary>
    public bool Contains(byte sign) => cells > 0 && text.AsSpan(0, ends[cells - 1]).Contains(sign);

    /// <summary>Adds the next cell; false when there is no room for so much text.</summary>
    public bool TryAdd(ReadOnlySpan<byte> cell)
    {
        var from = cells == 0 ? 0 : ends[cells - 1];
        if (cells == Array.MaxLength || (long)from + cell.Length > Array.MaxLength)
        {
            return false;
        }

        if (from + cell.Length > text.Length)
        {
            Array.Resize(ref text, Grown(text.Length, from + cell.Length));
        }

        if (cells == ends.Length)
        {
            Array.Resize(ref ends, Grown(ends.Length, cells + 1));
        }

        cell.CopyTo(text.AsSpan(from));
        ends[cells++] = from + cell.Length;
        return true;
    }

    private static int Grown(int length, int least) => (int)Math.Min(Array.MaxLength, Math.Max(2L * length, least));
}
