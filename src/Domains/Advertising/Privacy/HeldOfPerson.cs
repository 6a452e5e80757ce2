using System.ComponentModel;

namespace Tradepost.Advertising.Privacy;

/// <summary>Everything that is kept of a person.</summary>
internal sealed record HeldOfPerson
{
    [Description("The person's user_id.")]
    public required string User { get; init; }

    [Description("Whether events may be stored; null where the person has not said.")]
    public bool? Consent { get; init; }

    [Description("The events.")]
    public required IReadOnlyList<HeldEvent> Events { get; init; }

    [Description("What the events add up to, and other numbers under this id, day by day.")]
    public required IReadOnlyList<HeldDay> Days { get; init; }
}

/// <summary>An event of a person.</summary>
internal sealed record HeldEvent
{
    public required string Id { get; init; }

    [Description("impression, click or conversion.")]
    public required string Type { get; init; }

    [Description("When it happened, UTC.")]
    public required DateTime At { get; init; }

    public required string CampaignId { get; init; }

    [Description("Empty where it is not known.")]
    public required string AdId { get; init; }

    public required decimal Value { get; init; }

    [Description("Null where it was not said.")]
    public string? Currency { get; init; }
}

/// <summary>A day of a campaign under a person's id.</summary>
internal sealed record HeldDay
{
    public required string CampaignId { get; init; }

    public required DateOnly Date { get; init; }

    public required long Impressions { get; init; }

    public required long Clicks { get; init; }

    public required decimal Spend { get; init; }

    public required double Conversions { get; init; }
}
