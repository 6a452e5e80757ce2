using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Marketplace.Guarding;

/// <summary>Which suspect values to list.</summary>
internal sealed record SuspectFilter
{
    [Description("What became of them.")]
    public SuspectState State { get; init; }

    [Description("Only those of this product.")]
    public string? Sku { get; init; }

    [Description("Only those that this rule found.")]
    public string? Rule { get; init; }

    [Description("How many to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 100;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}

/// <summary>What is decided, and why.</summary>
internal sealed record SuspectDecision
{
    internal const int LongestReason = 500;

    [Required]
    [Description("The product.")]
    public string Sku { get; init; } = "";

    [Required]
    [Description("The day of the values.")]
    public DateOnly Date { get; init; }

    [Description("The field, such as price; by default every suspect field of that day.")]
    public string? Field { get; init; }

    [Required]
    [Description("Why, for whoever asks later.")]
    public string Reason { get; init; } = "";
}
