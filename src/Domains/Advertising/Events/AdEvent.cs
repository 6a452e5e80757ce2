namespace Tradepost.Advertising.Events;

/// <summary>An event of an advertiser's own feed.</summary>
/// <param name="Id">The advertiser's own; an event with the id of another is the same one again.</param>
/// <param name="Type">What happened.</param>
/// <param name="At">When, in microseconds since 1970 UTC.</param>
/// <param name="CampaignId">Of which campaign.</param>
/// <param name="AdId">Of which ad; empty where that is not known.</param>
/// <param name="UserId">Whose; empty where that is not known.</param>
/// <param name="Value">The cost of an impression or a click, or what a conversion brought, in major units.</param>
/// <param name="Currency">Of the value; null where it is not said.</param>
/// <param name="ReceivedAt">When it was accepted, in microseconds since 1970 UTC.</param>
internal sealed record AdEvent(
    string Id,
    AdEventType Type,
    long At,
    string CampaignId,
    string AdId,
    string UserId,
    decimal Value,
    string? Currency,
    long ReceivedAt
);
