using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>Cells as platforms write them.</summary>
internal static class ExportCell
{
    /// <summary>Whether a cell has no value: empty, missing as everywhere, or the dashes that platforms write.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        cell = Missing.Trim(cell);
        return Missing.Is(cell) || cell.SequenceEqual("--"u8) || cell.SequenceEqual("-"u8) || cell.SequenceEqual("—"u8);
    }

    /// <summary>A cell of amounts: without a percent sign, and empty where it has no value.</summary>
    public static ReadOnlySpan<byte> Amount(ReadOnlySpan<byte> cell)
    {
        cell = Missing.Trim(cell);
        cell = cell is [.. var number, (byte)'%'] ? Missing.Trim(number) : cell;
        return IsMissing(cell) ? default : cell;
    }
}
