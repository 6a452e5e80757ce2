using System.Text;

namespace Tradepost.App.Cli.Tables;

/// <summary>How files spell that there is no value.</summary>
internal static class Missing
{
    /// <summary>For messages and documentation.</summary>
    public const string Spellings = "an empty cell, NA, N/A, #N/A, <NA>, NaN, NaT, NULL, None or \\N";

    private const int Longest = 4;

    public static bool Is(ReadOnlySpan<byte> cell)
    {
        cell = Trim(cell);
        if (cell.Length is 0)
        {
            return true;
        }

        // Almost every cell is told by its first sign.
        if (cell.Length > Longest || (cell[0] | 0x20) is not ('n' or '#' or '<' or '-'))
        {
            return cell is [(byte)'\\', (byte)'N'];
        }

        return Ascii.EqualsIgnoreCase(cell, "na"u8)
            || Ascii.EqualsIgnoreCase(cell, "nan"u8)
            || Ascii.EqualsIgnoreCase(cell, "-nan"u8)
            || Ascii.EqualsIgnoreCase(cell, "null"u8)
            || Ascii.EqualsIgnoreCase(cell, "n/a"u8)
            || Ascii.EqualsIgnoreCase(cell, "#n/a"u8)
            || Ascii.EqualsIgnoreCase(cell, "#na"u8)
            || Ascii.EqualsIgnoreCase(cell, "<na>"u8)
            || Ascii.EqualsIgnoreCase(cell, "nat"u8)
            || cell.SequenceEqual("None"u8);
    }

    /// <summary>A cell without the blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell)
    {
        while (cell is [(byte)' ' or (byte)'\t', ..])
        {
            cell = cell[1..];
        }

        while (cell is [.., (byte)' ' or (byte)'\t'])
        {
            cell = cell[..^1];
        }

        return cell;
    }
}
