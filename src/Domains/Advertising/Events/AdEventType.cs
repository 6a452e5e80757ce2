namespace Tradepost.Advertising.Events;

/// <summary>What happened.</summary>
internal enum AdEventType
{
    Impression,
    Click,
    Conversion,
}
