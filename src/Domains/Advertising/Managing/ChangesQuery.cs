using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Advertising.Managing;

/// <summary>Which changes are wanted.</summary>
internal sealed record ChangesQuery
{
    [Description("Only those of this campaign.")]
    public string? Campaign { get; init; }

    [Description("Only those in this state.")]
    public ChangeState? State { get; init; }

    [Description("How many changes to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
