using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Api.Backfills;

/// <summary>Days to be done, with the job's other arguments.</summary>
internal sealed record BackfillStart : IHasArguments
{
    [Required]
    [Description("First day.")]
    public DateOnly From { get; init; }

    [Required]
    [Description("Last day, included.")]
    public DateOnly To { get; init; }
}
