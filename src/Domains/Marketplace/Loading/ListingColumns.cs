using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Loading;

/// <summary>The columns of rows on their way from files into the domain's tables; a file brings the first ones and those that it has.</summary>
internal static class ListingColumns
{
    public static readonly Column Sku = new("sku", ColumnType.Text, IsNullable: false);
    public static readonly Column Day = new("feature_date", ColumnType.Date, IsNullable: false);
    public static readonly Column Features = new("features", ColumnType.Json);

    /// <summary>Which row of its file it is: of several with one key the last one counts.</summary>
    public static readonly Column Place = new("place", ColumnType.BigInt, IsNullable: false);
    public static readonly Column SeenAt = new("seen_at", ColumnType.Timestamp);
    public static readonly Column Title = new("title", ColumnType.Text);
    public static readonly Column Brand = new("brand", ColumnType.Text);
    public static readonly Column Category = new("category", ColumnType.Text);
    public static readonly Column ParentCategory = new("parent_category", ColumnType.Text);
    public static readonly Column MerchantId = new("merchant_id", ColumnType.Text);
    public static readonly Column Merchant = new("merchant", ColumnType.Text);
    public static readonly Column MerchantRating = new("merchant_rating", ColumnType.Double);
    public static readonly Column Price = Column.Decimal("price", 18, 2);
    public static readonly Column Availability = new("availability", ColumnType.Text);
    public static readonly Column DeliveryDays = new("delivery_days", ColumnType.Integer);
    public static readonly Column FirstDay = new("first_day", ColumnType.Date);
    public static readonly Column LastDay = new("last_day", ColumnType.Date);
    public static readonly Column Units = new("units", ColumnType.Double);
    public static readonly Column MostUnits = new("most_units", ColumnType.Double);

    /// <summary>What every file brings: a row of a product on a day, in the order of <c>features_daily</c>, and its place.</summary>
    public static readonly IReadOnlyList<Column> Always = [Sku, Day, Features, Place];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<Column> All =
    [
        .. Always,
        SeenAt,
        Title,
        Brand,
        Category,
        ParentCategory,
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
    ];

    /// <summary>The column that cells of a role go into; null of roles that have none of their own.</summary>
    public static Column? Of(FieldRole role) =>
        role switch
        {
            FieldRole.SeenAt => SeenAt,
            FieldRole.Title => Title,
            FieldRole.Brand => Brand,
            FieldRole.Category => Category,
            FieldRole.ParentCategory => ParentCategory,
            FieldRole.MerchantId => MerchantId,
            FieldRole.Merchant => Merchant,
            FieldRole.MerchantRating => MerchantRating,
            FieldRole.Price => Price,
            FieldRole.Availability => Availability,
            FieldRole.DeliveryDays => DeliveryDays,
            FieldRole.FirstDay => FirstDay,
            FieldRole.LastDay => LastDay,
            FieldRole.Units => Units,
            FieldRole.MostUnits => MostUnits,
            _ => null,
        };
}
