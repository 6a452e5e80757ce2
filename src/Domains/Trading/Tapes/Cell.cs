using System.Buffers.Text;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Tapes;

/// <summary>Single cells of a line.</summary>
internal static class Cell
{
    public static Defect ReadTimestamp(ReadOnlySpan<byte> cell, out long timestamp) =>
        !Utf8Parser.TryParse(cell, out timestamp, out var used) || used != cell.Length ? Defect.NotANumber
        : QuoteRules.IsTime(timestamp) ? Defect.None
        : Defect.TimestampOutOfRange;

    /// <summary>A decimal in units of 10⁻⁸.</summary>
    public static Defect ReadDecimal(ReadOnlySpan<byte> cell, out Int128 value) =>
        Exact.Read(cell, out value) switch
        {
            ExactReading.NotANumber => Defect.NotANumber,
            ExactReading.DoesNotFit => Defect.DoesNotFit,
            ExactReading.Scientific => Defect.ScientificNumber,
            _ => Defect.None,
        };
}
