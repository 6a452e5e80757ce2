using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.Jobs.Backfills;

/// <summary>Which days of which job are to be done.</summary>
public sealed record BackfillOptions
{
    [Required]
    [Description("The job; it takes an interval of days.")]
    public string Job { get; init; } = "";

    [Required]
    [Description("First day.")]
    public DateOnly? From { get; init; }

    [Required]
    [Description("Last day, included.")]
    public DateOnly? To { get; init; }

    [Description("The job's other arguments, as a JSON object.")]
    [FreeText]
    public string? Arguments { get; init; }
}
