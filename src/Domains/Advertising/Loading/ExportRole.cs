namespace Tradepost.Advertising.Loading;

/// <summary>What a column of an export can be.</summary>
internal enum ExportRole
{
    Account,
    AccountName,
    Currency,
    Campaign,
    CampaignName,
    CampaignStatus,
    AdSet,
    AdSetName,
    Ad,
    AdName,
    Day,
    FirstDay,
    LastDay,

    /// <summary>Divides an ad's day into several rows.</summary>
    Segment,
    Impressions,
    Clicks,
    Spend,
    Conversions,
    ApprovedConversions,
    Value,
    Reach,
}
