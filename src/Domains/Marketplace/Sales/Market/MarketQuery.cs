using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>What to show of the market.</summary>
internal sealed record MarketQuery
{
    [Description("By what.")]
    public MarketPart By { get; init; }

    [Description("How many to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 100;
}
