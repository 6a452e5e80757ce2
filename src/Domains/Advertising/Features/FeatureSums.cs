namespace Tradepost.Advertising.Features;

/// <summary>Exact sums over some days, of an ad or of its account.</summary>
/// <param name="Impressions">Impressions.</param>
/// <param name="Clicks">Clicks.</param>
/// <param name="Spend">Spend, in major units.</param>
/// <param name="Conversions">Conversions.</param>
internal readonly record struct FeatureSums(decimal Impressions, decimal Clicks, decimal Spend, decimal Conversions)
{
    // How much the account says of an ad that is little known.
    private const double PriorImpressions = 1_000;
    private const double PriorClicks = 100;

    public static FeatureSums Read(ref ColumnCursor row) => new(row.Exact() ?? 0, row.Exact() ?? 0, row.Exact() ?? 0, row.Exact() ?? 0);

    /// <summary>A window of an ad, whose account has other sums.</summary>
    /// <param name="days">Over how many days.</param>
    /// <param name="account">The account's sums.</param>
    /// <param name="frequency">Impressions for each person reached.</param>
    public AdWindow Window(int days, FeatureSums account, double? frequency) =>
        new()
        {
            Days = days,
            Impressions = (long)Impressions,
            Clicks = (long)Clicks,
            Conversions = Conversions,
            Spend = Spend,
            ClickRate = Shrunk(Clicks, Impressions, account.Clicks, account.Impressions, PriorImpressions),
            ConversionRate = Shrunk(Conversions, Clicks, account.Conversions, account.Clicks, PriorClicks),
            CostPerClick = Shrunk(Spend, Clicks, account.Spend, account.Clicks, PriorClicks),
            CostPerThousand = 1_000 * Shrunk(Spend, Impressions, account.Spend, account.Impressions, PriorImpressions),
            Frequency = frequency,
        };

    /// <summary>A ratio of exact numbers; null where there is nothing to divide by.</summary>
    public static double? Ratio(decimal? part, decimal? whole) =>
        part is { } above && whole is { } below && below != 0 ? (double)above / (double)below : null;

    private static double? Shrunk(decimal part, decimal whole, decimal accountPart, decimal accountWhole, double prior) =>
        Ratio(accountPart, accountWhole) is { } rate ? ((double)part + (rate * prior)) / ((double)whole + prior) : null;
}
