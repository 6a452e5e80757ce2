namespace Tradepost.Trading.Tapes;

/// <summary>The eight cells that a line of quotes or trades has.</summary>
internal ref struct LineCells
{
    public const int Count = 8;

    private readonly ReadOnlySpan<byte> line;
    private Commas commas;

    private LineCells(ReadOnlySpan<byte> line) => this.line = line;

    public readonly ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var from = index == 0 ? 0 : commas[index - 1] + 1;
            return line[from..commas[index]];
        }
    }

    /// <summary>Splits a line; false when it has more cells or fewer.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out LineCells cells)
    {
        cells = new LineCells(line);
        var at = 0;
        for (var i = 0; i < Count - 1; i++)
        {
            var length = line[at..].IndexOf((byte)',');
            if (length < 0)
            {
                return false;
            }

            cells.commas[i] = at + length;
            at += length + 1;
        }

        cells.commas[Count - 1] = line.Length;
        return !line[at..].Contains((byte)',');
    }

    [System.Runtime.CompilerServices.InlineArray(Count)]
    private struct Commas
    {
        private int first;
    }
}
