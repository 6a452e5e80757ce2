using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Trading.Coverage;

/// <summary>What is asked about.</summary>
public sealed record CoverageOptions
{
    [Description("The day, UTC by the time of arrival.")]
    [Required]
    public DateOnly Day { get; init; }

    [Description("Only this symbol.")]
    public string? Symbol { get; init; }
}
