using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Retail.Indicators;

/// <summary>Which lines of orders are asked for.</summary>
public sealed record SalesFilter
{
    [Description("First day of the orders.")]
    public DateOnly? From { get; init; }

    [Description("Last day, exclusive.")]
    public DateOnly? To { get; init; }

    [Description("Only this region.")]
    public string? Region { get; init; }

    [Description("Only this manager.")]
    public string? Manager { get; init; }

    [Description("Only this main category.")]
    public string? Category { get; init; }

    [Description("Only this payment method.")]
    public string? PaymentMethod { get; init; }

    [Description("How many lines to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
