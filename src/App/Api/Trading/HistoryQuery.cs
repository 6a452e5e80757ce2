using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Trading;

internal sealed record HistoryQuery
{
    [Required]
    [Description("The exchange, as the feeds name it.")]
    public string Exchange { get; init; } = "";

    [Required]
    [Description("The symbol.")]
    public string Symbol { get; init; } = "";

    [Description("How many minutes back.")]
    [Range(1, 1440)]
    public int Minutes { get; init; } = 15;
}
