namespace Tradepost.Marketplace.Sales.Market;

/// <summary>What a category or a brand sells in a day, and what moves in it.</summary>
/// <remarks>
/// Bounds of sums are the sums of the products' bounds: errors of a part go the same way, so they are not narrowed. Changes are against the
/// estimates of 30 days before, over the products that were estimated then and now; their intervals say how far the products differ.
/// </remarks>
internal sealed record MarketGroup
{
    /// <summary>Null for products without one.</summary>
    public required string? Name { get; init; }

    /// <summary>Of the part.</summary>
    public required long Products { get; init; }

    /// <summary>Of those: the ones that have an estimate, which the sums are of.</summary>
    public required long Estimated { get; init; }

    /// <summary>Null where none has.</summary>
    public required double? Units { get; init; }

    public required double? Lower { get; init; }

    public required double? Upper { get; init; }

    /// <summary>Of the products whose price is known.</summary>
    public required double? Revenue { get; init; }

    /// <summary>Of all revenue.</summary>
    public required double? Share { get; init; }

    /// <summary>Of units, as a share of those before.</summary>
    public required MarketFigure UnitsChange { get; init; }

    /// <summary>Of revenue, as a share of that before.</summary>
    public required MarketFigure RevenueChange { get; init; }

    /// <summary>Of the share of revenue: now less then.</summary>
    public required MarketFigure ShareChange { get; init; }

    /// <summary>By how many percent sales change when a price changes by one.</summary>
    public required MarketFigure Elasticity { get; init; }

    /// <summary>What the elasticity comes from; null where it cannot be said.</summary>
    public required ElasticitySource? ElasticitySource { get; init; }

    /// <summary>Products whose prices moved by 5 % or more.</summary>
    public required int PricesMoved { get; init; }

    /// <summary>Products that were first seen in the last 30 days; null where the marketplace has not been watched for longer.</summary>
    public required long? Entrants { get; init; }

    /// <summary>What those sell in a day.</summary>
    public required MarketFigure EntrantRevenue { get; init; }

    /// <summary>Products that were out of stock on some of the last 30 days; null where the data do not say.</summary>
    public required long? OutOfStock { get; init; }

    /// <summary>Products that were watched for a week or more and have not been seen for more than a week, within the last 30 days.</summary>
    public required long Gone { get; init; }

    /// <summary>Units that both would have sold in the last 30 days, on the days without them.</summary>
    public required MarketFigure LostUnits { get; init; }

    /// <summary>The revenue of those.</summary>
    public required MarketFigure LostRevenue { get; init; }
}
