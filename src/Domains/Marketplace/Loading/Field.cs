namespace Tradepost.Marketplace.Loading;

/// <summary>Something that a column of a file can be.</summary>
/// <param name="Name">What messages and <c>--map</c> call it; of a feature, its name in <c>features_daily</c>.</param>
/// <param name="Role">What it does.</param>
/// <param name="Type">How its cells are read.</param>
/// <param name="Synonyms">What files call it, the best name first, as <see cref="Fields.Plain"/> writes names.</param>
internal sealed record Field(string Name, FieldRole Role, FieldType Type, params string[] Synonyms);

/// <summary>What a field does in a row.</summary>
internal enum FieldRole
{
    Sku,

    /// <summary>The page of a product, whose address ends in its key.</summary>
    Url,
    Title,
    Brand,
    Category,
    ParentCategory,

    /// <summary>The day that the row is of.</summary>
    Day,

    /// <summary>The moment that the row is of.</summary>
    SeenAt,
    MerchantId,
    Merchant,
    MerchantRating,
    Price,
    Availability,
    DeliveryDays,
    FirstDay,
    LastDay,
    Units,
    MostUnits,

    /// <summary>Something that is kept by its name.</summary>
    Feature,
}

/// <summary>How cells are read.</summary>
internal enum FieldType
{
    Text,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>A number, with or without a currency.</summary>
    Amount,

    /// <summary>A number with or without a percent sign.</summary>
    Percent,

    /// <summary>A number where it is one, else a text.</summary>
    Any,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A time, or seconds or milliseconds since 1970.</summary>
    Moment,
}
