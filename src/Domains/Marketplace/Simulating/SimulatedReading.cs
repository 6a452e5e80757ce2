namespace Tradepost.Marketplace.Simulating;

/// <summary>What a marketplace shows of a product on a day.</summary>
internal sealed record SimulatedReading
{
    /// <summary>From 0.</summary>
    public required int Day { get; init; }

    public required int Reviews { get; init; }

    /// <summary>0 … 5, to a tenth; null without reviews.</summary>
    public required decimal? Rating { get; init; }

    public required decimal Price { get; init; }

    /// <summary>The price before the discount; null where the shop prints none.</summary>
    public required decimal? OldPrice { get; init; }

    /// <summary>Percent; null where the shop prints none.</summary>
    public required int? Discount { get; init; }

    public required int Merchants { get; init; }

    public required bool IsAvailable { get; init; }

    public string Availability => IsAvailable ? "in_stock" : "out_of_stock";
}
