using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Sources;

/// <summary>The shop's ten tables in four databases, parents before children.</summary>
internal static class Shop
{
    /// <summary>Whether a table is about people.</summary>
    public static bool AreAboutPeople(string table) => table is "customers" or "users" or "employees";

    public const string Auth = "auth";
    public const string Catalog = "catalog";
    public const string OrderDatabase = "orders";
    public const string PaymentDatabase = "payments";

    /// <summary>
    /// The order in which snapshots are opened: what refers before what is referred to, so that whatever a payment or an
    /// order line points at was there already when its own database is looked at.
    /// </summary>
    public static readonly IReadOnlyList<string> SnapshotOrder = [PaymentDatabase, OrderDatabase, Auth, Catalog];

    public static readonly SourceTable Roles = new()
    {
        Database = Auth,
        Name = "roles",
        Key = ["id"],
        Columns = [Id(), Text("name")],
    };

    public static readonly SourceTable Users = new()
    {
        Database = Auth,
        Name = "users",
        Key = ["id"],
        UpdatedAt = "updated_at",
        Columns = [Id(), Text("email"), Number("role_id"), Flag("is_active"), Time("created_at"), Time("updated_at")],
    };

    public static readonly SourceTable Categories = new()
    {
        Database = Catalog,
        Name = "categories",
        Key = ["id"],
        Required = ["name"],
        Columns = [Id(), Number("parent_id"), Text("name")],
    };

    public static readonly SourceTable Products = new()
    {
        Database = Catalog,
        Name = "products",
        Key = ["id"],
        Required = ["sku", "price"],
        UpdatedAt = "updated_at",
        Money = "price",
        Columns =
        [
            Id(),
            Text("sku"),
            Text("name"),
            Number("category_id"),
            Text("brand"),
            Cash("price"),
            Cash("cost"),
            Flag("is_active"),
            Time("created_at"),
            Time("updated_at"),
        ],
    };

    public static readonly SourceTable Regions = new()
    {
        Database = OrderDatabase,
        Name = "regions",
        Key = ["id"],
        Required = ["name"],
        Columns = [Id(), Text("name")],
    };

    public static readonly SourceTable Employees = new()
    {
        Database = OrderDatabase,
        Name = "employees",
        Key = ["id"],
        Columns = [Id(), Number("user_id"), Text("name"), Text("position"), Flag("is_manager"), Number("region_id")],
    };

    public static readonly SourceTable Customers = new()
    {
        Database = OrderDatabase,
        Name = "customers",
        Key = ["id"],
        UpdatedAt = "updated_at",
        Columns =
        [
            Id(),
            Number("user_id"),
            Text("name"),
            Text("email"),
            Text("phone"),
            Number("region_id"),
            Time("created_at"),
            Time("updated_at"),
        ],
    };

    public static readonly SourceTable Orders = new()
    {
        Database = OrderDatabase,
        Name = "orders",
        Key = ["id"],
        Required = ["customer_id", "status", "ordered_at"],
        UpdatedAt = "updated_at",
        Columns =
        [
            Id(),
            Number("customer_id"),
            Number("manager_id"),
            Number("region_id"),
            Text("status"),
            Time("ordered_at"),
            Time("updated_at"),
        ],
    };

    public static readonly SourceTable OrderItems = new()
    {
        Database = OrderDatabase,
        Name = "order_items",
        Key = ["order_id", "line_number"],
        Required = ["product_id", "quantity", "unit_price", "discount"],
        Parent = Orders,
        Money = "unit_price",
        Columns =
        [
            Id("order_id"),
            new Column("line_number", ColumnType.Integer, IsNullable: false),
            Number("product_id"),
            new Column("quantity", ColumnType.Integer),
            Cash("unit_price"),
            Cash("discount"),
        ],
    };

    public static readonly SourceTable Payments = new()
    {
        Database = PaymentDatabase,
        Name = "payments",
        Key = ["id"],
        Required = ["order_id", "method", "status", "amount"],
        UpdatedAt = "updated_at",
        Money = "amount",
        Order = "order_id",
        Columns = [Id(), Number("order_id"), Text("method"), Text("status"), Cash("amount"), Time("paid_at"), Time("updated_at")],
    };

    public static readonly IReadOnlyList<SourceTable> Tables =
    [
        Roles,
        Users,
        Categories,
        Products,
        Regions,
        Employees,
        Customers,
        Orders,
        OrderItems,
        Payments,
    ];

    private static Column Id(string name = "id") => new(name, ColumnType.BigInt, IsNullable: false);

    private static Column Number(string name) => new(name, ColumnType.BigInt);

    private static Column Text(string name) => new(name, ColumnType.Text);

    private static Column Flag(string name) => new(name, ColumnType.Boolean);

    private static Column Time(string name) => new(name, ColumnType.Timestamp);

    private static Column Cash(string name) => Column.Decimal(name, 12, 2);
}
