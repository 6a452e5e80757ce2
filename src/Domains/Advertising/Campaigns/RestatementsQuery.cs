using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Campaigns;

/// <summary>Which restatements are wanted.</summary>
internal sealed record RestatementsQuery
{
    [Description("Only of days from this one on.")]
    public DateOnly? From { get; init; }

    [Description("Only of days up to this one.")]
    public DateOnly? To { get; init; }

    [Description("Only what was learned after this moment (UTC).")]
    public DateTime? Since { get; init; }

    [Description("Only of this campaign.")]
    public string? Campaign { get; init; }

    [Description("Only of this account.")]
    public string? Account { get; init; }

    [Description("How many restatements to give at most.")]
    [Range(1, 1_000)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
