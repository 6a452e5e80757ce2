namespace Tradepost.Retail.Indicators;

/// <summary>The shop's key figures.</summary>
public sealed record KpiResult
{
    public required DateOnly? From { get; init; }

    /// <summary>Exclusive.</summary>
    public required DateOnly? To { get; init; }

    /// <summary>All orders, cancelled ones included.</summary>
    public required long Orders { get; init; }

    /// <summary>What was ordered and not cancelled, less discounts.</summary>
    public required decimal Revenue { get; init; }

    /// <summary>Revenue less cost, of what was sold whose cost is known; null where no cost is.</summary>
    public required decimal? Margin { get; init; }

    /// <summary>Revenue by order that was not cancelled.</summary>
    public required decimal AverageOrderValue { get; init; }

    public required decimal CancellationRate { get; init; }

    public required IReadOnlyList<KpiGroup> ByPeriod { get; init; }

    public required IReadOnlyList<KpiGroup> ByRegion { get; init; }

    public required IReadOnlyList<KpiGroup> ByManager { get; init; }

    public required IReadOnlyList<KpiGroup> ByCategory { get; init; }

    public required IReadOnlyList<KpiGroup> ByPaymentMethod { get; init; }

    public required IReadOnlyList<ProductSales> TopProducts { get; init; }

    public required IReadOnlyList<Cohort> Cohorts { get; init; }
}
