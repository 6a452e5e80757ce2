using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Campaigns;

/// <summary>Which campaigns are wanted.</summary>
internal sealed record CampaignsQuery
{
    [Description("Only campaigns whose name or key has this text, whatever its case.")]
    public string? Search { get; init; }

    [Description("Only campaigns of this account.")]
    public string? Account { get; init; }

    [Description("Only campaigns of this status, such as ACTIVE.")]
    public string? Status { get; init; }

    [Description("How many campaigns to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
