using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Backfills;

internal sealed record BackfillQuery
{
    [Required]
    [Description("First day.")]
    public DateOnly From { get; init; }

    [Required]
    [Description("Last day, included.")]
    public DateOnly To { get; init; }
}
