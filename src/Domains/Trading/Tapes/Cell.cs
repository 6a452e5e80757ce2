using System.Buffers.Text;
using System.Globalization;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tapes;

/// <summary>Single cells of a line.</summary>
internal static class Cell
{
    private const long Earliest = 1_230_768_000_000_000; // 2009
    private const long Latest = 4_102_444_800_000_000; // 2100

    public static Defect ReadTimestamp(ReadOnlySpan<byte> cell, out long timestamp) =>
        !Utf8Parser.TryParse(cell, out timestamp, out var used) || used != cell.Length ? Defect.NotANumber
        : timestamp is < Earliest or >= Latest ? Defect.TimestampOutOfRange
        : Defect.None;

    /// <summary>A decimal in units of 10⁻⁸.</summary>
    public static Defect ReadDecimal(ReadOnlySpan<byte> cell, out long value)
    {
        if (Exact.TryParse(cell, out value))
        {
            return Defect.None;
        }

        if (
            !decimal.TryParse(
                cell,
                NumberStyles.Float & ~(NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite),
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            return Defect.NotANumber;
        }

        if (Math.Abs(number) > Exact.Largest / (decimal)Exact.One || decimal.Truncate(number * Exact.One) != number * Exact.One)
        {
            return Defect.DoesNotFit;
        }

        value = (long)(number * Exact.One);
        return cell.ContainsAny((byte)'e', (byte)'E') ? Defect.ScientificNumber : Defect.None;
    }
}
