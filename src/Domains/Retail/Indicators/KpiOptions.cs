using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Retail.Indicators;

/// <summary>Which indicators are asked for.</summary>
public sealed record KpiOptions
{
    [Description("First day; by default the first day with orders.")]
    public DateOnly? From { get; init; }

    [Description("Last day, exclusive; by default the day after the last order.")]
    public DateOnly? To { get; init; }

    [Description("The length of the periods that revenue is listed by.")]
    public Period By { get; init; } = Period.Month;

    [Description("How many of the best-selling products to list.")]
    [Range(1, 1000)]
    public int Top { get; init; } = 10;

    [Description("Leave out the cohorts, which need all orders whatever the interval.")]
    public bool WithoutCohorts { get; init; }
}
