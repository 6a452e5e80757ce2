namespace Tradepost.Advertising.Loading;

/// <summary>What the rows of a file add up to.</summary>
internal sealed class ExportTally
{
    private readonly HashSet<(string Account, string Campaign)> campaigns = [];
    private readonly HashSet<long> days = [];

    public long Rows { get; private set; }

    public long Campaigns => campaigns.Count;

    public long Days => days.Count;

    /// <summary>Rows of totals that were left out.</summary>
    public long Totals { get; set; }

    public long Impressions { get; private set; }

    public long Clicks { get; private set; }

    public decimal Spend { get; private set; }

    public decimal Conversions { get; private set; }

    public decimal? Approved { get; private set; }

    public void Add(string account, string campaign, long day, ExportMeasures measures)
    {
        Rows++;
        campaigns.Add((account, campaign));
        days.Add(day);
        Impressions += measures.Impressions ?? 0;
        Clicks += measures.Clicks ?? 0;
        Spend += measures.Spend ?? 0;
        Conversions += measures.Conversions ?? 0;
        Approved = measures.Approved is { } approved ? (Approved ?? 0) + approved : Approved;
    }
}
