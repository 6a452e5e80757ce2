namespace Tradepost.Advertising.Money;

/// <summary>
/// An amount in minor units of its currency, as platforms take and give budgets. Spend comes in major units; that one is not taken for the
/// other is what the type is for.
/// </summary>
/// <param name="Units">Cents of a dollar, whole yen, thousandths of a dinar.</param>
/// <param name="Currency">Of the amount.</param>
internal readonly record struct MinorUnits(long Units, Currency Currency)
{
    /// <summary>The amount in major units, with as many digits behind the point as the currency has.</summary>
    public decimal Major => new((int)Math.Abs(Units), (int)(Math.Abs(Units) >> 32), 0, Units < 0, (byte)Currency.Digits);

    /// <summary>An amount of major units; null where it has more digits than the currency, or is out of all bounds.</summary>
    public static MinorUnits? OfMajor(decimal amount, Currency currency)
    {
        var units = amount;
        for (var digit = 0; digit < currency.Digits; digit++)
        {
            if (Math.Abs(units) > long.MaxValue)
            {
                return null;
            }

            units *= 10;
        }

        return Math.Abs(units) <= long.MaxValue && units == decimal.Truncate(units) ? new MinorUnits((long)units, currency) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Major} {Currency}";
}
