using System.Buffers.Text;

namespace Tradepost.Storage.Files;

/// <summary>Counts as people write them: whole numbers with or without a sign between thousands.</summary>
public static class CountCell
{
    /// <summary>The count that a cell is. It has nothing behind a decimal sign, so that either sign between thousands can be no other.</summary>
    public static bool TryParse(ReadOnlySpan<byte> cell, DecimalSign sign, out long count)
    {
        if (Utf8Parser.TryParse(cell, out count, out var used) && used == cell.Length)
        {
            return true;
        }

        foreach (var one in (ReadOnlySpan<DecimalSign>)[sign, sign.Other])
        {
            if (AmountCell.TryParse(cell, one, out var number) && number == decimal.Truncate(number) && Math.Abs(number) < long.MaxValue)
            {
                count = (long)number;
                return true;
            }
        }

        return false;
    }
}
