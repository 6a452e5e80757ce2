using System.ComponentModel;

namespace Tradepost.Advertising.Managing;

/// <summary>A change of a campaign: planned, or made.</summary>
internal sealed record CampaignChange
{
    [Description("Its key; null where nothing would change.")]
    public Guid? Id { get; init; }

    public required ChangeAction Action { get; init; }

    [Description("planned is a dry run; applying one of which nobody knows yet what came of it; unchanged where there is nothing to do.")]
    public required ChangeState State { get; init; }

    [Description("The account that the campaign belongs to.")]
    public required string Account { get; init; }

    [Description("The campaign; null of a creation before it is applied.")]
    public string? Campaign { get; init; }

    [Description("Who asked for it.")]
    public required string AskedBy { get; init; }

    [Description("When, UTC.")]
    public required DateTime AskedAt { get; init; }

    [Description("When it was known what came of it, UTC; null before.")]
    public DateTime? SettledAt { get; init; }

    [Description("What the campaign was before; null of a creation.")]
    public CampaignValues? Before { get; init; }

    [Description("What it is to be.")]
    public required CampaignValues After { get; init; }

    [Description("Why it failed; null otherwise.")]
    public string? Problem { get; init; }

    [Description("The change that this one takes back; null of others.")]
    public Guid? Undoes { get; init; }

    [Description("The limits that it was held against.")]
    public IReadOnlyList<CampaignLimit> Limits { get; init; } = [];

    [Description("What is worth knowing before it is applied.")]
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
