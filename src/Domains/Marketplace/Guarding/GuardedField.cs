namespace Tradepost.Marketplace.Guarding;

/// <summary>A feature that the guard looks at. Features that change by their nature (stock, position, likes) are not among them.</summary>
/// <param name="Name">What it is called among the features.</param>
/// <param name="Kind">What its values are.</param>
internal sealed record GuardedField(string Name, FieldKind Kind)
{
    public const int Reviews = 0;
    public const int Sold = 1;
    public const int Rating = 2;
    public const int Price = 3;
    public const int MinPrice = 4;
    public const int MaxPrice = 5;
    public const int OldPrice = 6;
    public const int Discount = 7;
    public const int Merchants = 8;

    /// <summary>All of them; a field is its place here.</summary>
    public static readonly GuardedField[] All =
    [
        new("reviews", FieldKind.Count),
        new("sold", FieldKind.Count),
        new("rating", FieldKind.Rating),
        new("price", FieldKind.Price),
        new("min_price", FieldKind.Price),
        new("max_price", FieldKind.Price),
        new("old_price", FieldKind.Price),
        new("discount", FieldKind.Percent),
        new("merchants", FieldKind.Count),
    ];

    /// <summary>The place of a field; −1 for a feature that the guard does not look at.</summary>
    public static int Find(ReadOnlySpan<char> name)
    {
        for (var field = 0; field < All.Length; field++)
        {
            if (name.SequenceEqual(All[field].Name))
            {
                return field;
            }
        }

        return -1;
    }
}

/// <summary>What the values of a field are.</summary>
internal enum FieldKind
{
    /// <summary>A whole number of things: below ten it may change by any factor.</summary>
    Count,

    /// <summary>A mean of stars.</summary>
    Rating,

    /// <summary>Money.</summary>
    Price,

    /// <summary>Percent off; it comes and goes with sales.</summary>
    Percent,
}
