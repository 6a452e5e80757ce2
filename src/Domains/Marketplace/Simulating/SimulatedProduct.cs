namespace Tradepost.Marketplace.Simulating;

/// <summary>A product of a simulated marketplace: what is shown of it, and what is true.</summary>
internal sealed record SimulatedProduct
{
    private const int DaysOfWeek = 7;

    public required string Sku { get; init; }

    public required string Title { get; init; }

    public required string Brand { get; init; }

    public required string Category { get; init; }

    /// <summary>What is shown, day by day; days on which nobody looked are missing.</summary>
    public required IReadOnlyList<SimulatedReading> Readings { get; init; }

    /// <summary>The same without decoys.</summary>
    public required IReadOnlyList<SimulatedReading> Truth { get; init; }

    /// <summary>What was sold on each day, from day 0 on; before <see cref="FirstDay"/> nothing.</summary>
    public required IReadOnlyList<int> Units { get; init; }

    /// <summary>The day on which the product came to the marketplace, from 0.</summary>
    public required int FirstDay { get; init; }

    /// <summary>Whether its sales are known: a third of all.</summary>
    public required bool HasKnownSales { get; init; }

    /// <summary>The decoys among its readings.</summary>
    public required IReadOnlyList<PlantedDecoy> Planted { get; init; }

    public required IReadOnlyList<SimulatedOffer> Offers { get; init; }

    /// <summary>The units of each whole week, where sales are known.</summary>
    public IEnumerable<(int FirstDay, int LastDay, int Units)> KnownSales()
    {
        for (var first = FirstDay; HasKnownSales && first + DaysOfWeek <= Units.Count; first += DaysOfWeek)
        {
            yield return (first, first + DaysOfWeek - 1, Units.Skip(first).Take(DaysOfWeek).Sum());
        }
    }
}

/// <summary>A value that is not true.</summary>
/// <param name="Day">From 0.</param>
/// <param name="Field">The field of the features.</param>
internal sealed record PlantedDecoy(DecoyKind Kind, int Day, string Field);

/// <summary>What a merchant asked on a day.</summary>
/// <param name="Merchant">The merchant's number.</param>
internal sealed record SimulatedOffer(int Merchant, int Day, decimal Price, bool IsAvailable, int DeliveryDays);
