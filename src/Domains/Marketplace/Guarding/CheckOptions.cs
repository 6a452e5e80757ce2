using System.ComponentModel;

namespace Tradepost.Marketplace.Guarding;

/// <summary>What the guard is to look at.</summary>
public sealed record CheckOptions
{
    [Description("Only this day and later ones; by default all.")]
    public DateOnly? Since { get; init; }

    [Description("Only these products; by default all. The rest of the collection is still what they are compared with.")]
    public string[] Sku { get; init; } = [];
}
