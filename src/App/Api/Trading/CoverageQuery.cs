using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Trading;

internal sealed record CoverageQuery
{
    [Description("How many days, today among them.")]
    [Range(1, 92)]
    public int Days { get; init; } = 35;
}
