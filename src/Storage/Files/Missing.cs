namespace Tradepost.Storage.Files;

/// <summary>How files spell that there is no value.</summary>
public static class Missing
{
    private const int Longest = 4;

    /// <summary>
    /// As pandas, R, Excel and databases write it; docs/files.md lists them. Na and Nat, which are words, are not among them.
    /// </summary>
    public static bool Is(ReadOnlySpan<byte> cell)
    {
        cell = Trim(cell);
        if (cell.Length is 0 or > Longest)
        {
            return cell.Length == 0;
        }

        // Almost every cell is told by its first sign.
        return cell[0] switch
        {
            (byte)'N' => cell.SequenceEqual("NA"u8)
                || cell.SequenceEqual("NaN"u8)
                || cell.SequenceEqual("NAN"u8)
                || cell.SequenceEqual("NaT"u8)
                || cell.SequenceEqual("N/A"u8)
                || cell.SequenceEqual("NULL"u8)
                || cell.SequenceEqual("Null"u8)
                || cell.SequenceEqual("None"u8),
            (byte)'n' => cell.SequenceEqual("nan"u8) || cell.SequenceEqual("n/a"u8) || cell.SequenceEqual("null"u8),
            (byte)'#' => cell.SequenceEqual("#N/A"u8) || cell.SequenceEqual("#NA"u8),
            (byte)'<' => cell.SequenceEqual("<NA>"u8),
            (byte)'-' => cell.SequenceEqual("-nan"u8) || cell.SequenceEqual("-NaN"u8),
            (byte)'\\' => cell.SequenceEqual("\\N"u8),
            _ => false,
        };
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
