using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Api.Models;

internal sealed record PromotionChange
{
    public const int LongestReason = 1000;

    [Description("Also when the version is worse than what it replaces.")]
    public bool Force { get; init; }

    [Description("Why, for the history.")]
    [RegularExpression(@"[\s\S]{0,1000}")]
    [FreeText]
    public string Reason { get; init; } = "";
}
