using System.ComponentModel;

namespace Tradepost.Advertising.Feeds;

/// <summary>What brings numbers, and how fresh they are.</summary>
internal sealed record FeedState
{
    public required FeedKind Kind { get; init; }

    [Description("The account that is reported; null of events and notices.")]
    public string? Account { get; init; }

    [Description("What the account is called; null where that is not known.")]
    public string? Name { get; init; }

    [Description("When something new was learned last, UTC; null where nothing was.")]
    public DateTime? LearnedAt { get; init; }

    [Description("The newest day that it told something of; null where it told nothing.")]
    public DateOnly? LastDay { get; init; }

    [Description("Up to which day the account is synced; null of what is not synced, and before the first day.")]
    public DateOnly? SyncedTo { get; init; }

    [Description("When the sync was last at work, UTC; null of what is not synced.")]
    public DateTime? SyncedAt { get; init; }

    [Description("Days of campaigns, events or notices that it brought.")]
    public required long Rows { get; init; }
}
