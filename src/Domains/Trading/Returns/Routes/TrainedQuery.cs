using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>Of which symbol and horizon.</summary>
internal record TrainedQuery
{
    [Description("A symbol that models were trained of; by default the first.")]
    public string? Symbol { get; init; }

    [Description("Hours ahead, as models were trained for; by default the nearest.")]
    public int? Horizon { get; init; }
}

/// <summary>Of which symbol and horizon, and how many forecasts.</summary>
internal sealed record ForecastQuery : TrainedQuery
{
    [Description("How many forecasts to give at most: the newest ones.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 1000;
}
