using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Metrics;

/// <summary>Amounts as exact counts of the smallest unit of a column.</summary>
internal static class ExactAmount
{
    /// <summary>An amount in units of a column's scale; false where digits would be lost on either side.</summary>
    public static bool TryScale(decimal amount, Column column, out Int128 units)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(amount, parts);
        var scale = (parts[3] >> 16) & 0xFF;
        units = ((Int128)(uint)parts[2] << 64) | ((Int128)(uint)parts[1] << 32) | (uint)parts[0];
        for (; scale > column.Scale; scale--)
        {
            var (quotient, remainder) = Int128.DivRem(units, 10);
            if (remainder != 0)
            {
                return false;
            }

            units = quotient;
        }

        var most = Power(column.Precision);
        for (; scale < column.Scale && units < most; scale++)
        {
            units *= 10;
        }

        var fits = units < most;
        units = amount < 0 ? -units : units;
        return fits;
    }

    private static Int128 Power(int digits)
    {
        Int128 power = 1;
        for (var i = 0; i < digits; i++)
        {
            power *= 10;
        }

        return power;
    }
}
