using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Trading;

internal sealed record DepthQuery
{
    [Required]
    [Description("The exchange, as the feeds name it.")]
    public string Exchange { get; init; } = "";

    [Required]
    [Description("The symbol.")]
    public string Symbol { get; init; } = "";
}
