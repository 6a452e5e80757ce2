namespace Tradepost.Advertising.Campaigns;

/// <summary>What figures are divided by.</summary>
internal enum CampaignDivision
{
    Account,
    Campaign,
    AdSet,
    Ad,
    Date,
    Week,
    Month,
}
