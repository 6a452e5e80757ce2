using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>Decimals as 64-bit counts of their smallest unit, as a <see cref="RowBatch"/> keeps them.</summary>
public static class Unscaled
{
    private static readonly long[] Powers = PowersOfTen();

    /// <summary>The count of units of the column's scale; throws OverflowException where digits would be lost on either side.</summary>
    public static long From(decimal value, Column column)
    {
        var scaled = value * Powers[column.Scale];
        var units = decimal.ToInt64(scaled);
        if (units != scaled || Math.Abs(units) >= Powers[column.Precision])
        {
            throw new OverflowException($"{value} does not fit a decimal({column.Precision},{column.Scale})");
        }

        return units;
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
