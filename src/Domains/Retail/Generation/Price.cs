namespace Tradepost.Retail.Generation;

/// <summary>How list prices look and move; in cents.</summary>
internal static class Price
{
    /// <summary>Another price for the same product: a little dearer more often than cheaper, and ending in 9 hryvnias.</summary>
    public static long Changed(ref Dice dice, long cents)
    {
        var factor = dice.Chance(0.7) ? 1.02 + (dice.Unit() * 0.08) : 0.90 + (dice.Unit() * 0.07);
        var changed = Rounded(cents * factor);
        return changed != cents ? changed : cents + 10_00;
    }

    private static long Rounded(double cents) => Math.Max(9_00, ((long)Math.Round(cents / 10_00) * 10_00) - 1_00);
}
