using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Decimals as 64-bit counts of their smallest unit, as a <see cref="RowBatch"/> keeps them.</summary>
public static class Unscaled
{
    private static readonly long[] Powers = PowersOfTen();

    /// <summary>The count of units of the column's scale; throws OverflowException where digits would be lost on either side.</summary>
    public static long From(decimal value, Column column) =>
        TryFrom(value, column, out var units)
            ? units
            : throw new OverflowException($"{value} does not fit a decimal({column.Precision},{column.Scale})");

    /// <summary>The same without the exception: false where digits would be lost.</summary>
    public static bool TryFrom(decimal value, Column column, out long units)
    {
        units = 0;
        if (Math.Abs(value) >= 1_000_000_000_000_000_000m)
        {
            return false;
        }

        var scaled = Math.Abs(value) < long.MaxValue / (decimal)Powers[column.Scale] ? value * Powers[column.Scale] : decimal.MaxValue;
        if (scaled != decimal.Truncate(scaled) || Math.Abs(scaled) >= Powers[column.Precision])
        {
            return false;
        }

        units = decimal.ToInt64(scaled);
        return true;
    }

    private static long[] PowersOfTen()
    {
        var powers = new long[19];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
        {
            powers[i] = powers[i - 1] * 10;
        }

        return powers;
    }

    public static decimal ToDecimal(long units, Column column) =>
        new((int)Math.Abs(units), (int)(Math.Abs(units) >> 32), 0, units < 0, (byte)column.Scale);
}
