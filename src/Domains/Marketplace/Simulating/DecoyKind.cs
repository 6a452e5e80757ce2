namespace Tradepost.Marketplace.Simulating;

/// <summary>A lie that a marketplace tells scrapers, or an accident of a scraper: what each rule of the guard is there for.</summary>
internal enum DecoyKind
{
    /// <summary>Fewer reviews than the day before.</summary>
    CounterFalls,

    /// <summary>A price that the shop does not print.</summary>
    PriceNotPrinted,

    /// <summary>One price for many products.</summary>
    ValueRepeated,

    /// <summary>A price that rises while the discount and the price before it stay.</summary>
    FieldsContradict,

    /// <summary>Ten times the value, for a day.</summary>
    JumpAndBack,

    /// <summary>Every price times 1.12, for a day.</summary>
    CollectionMoved,

    /// <summary>Every product with the price of another one, for a day.</summary>
    DisagreesWithYesterday,

    /// <summary>The reviews of the last 30 days in the place of all reviews, for some days.</summary>
    MeaningChanged,
}
