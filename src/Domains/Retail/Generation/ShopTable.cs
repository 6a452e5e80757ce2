using Tradepost.Retail.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Generation;

/// <summary>The shop's tables as the generator writes them: what the warehouse reads, and what it must not read.</summary>
internal static class ShopTable
{
    public static readonly IReadOnlyList<string> Databases = [Shop.Auth, Shop.Catalog, Shop.OrderDatabase, Shop.PaymentDatabase];

    /// <summary>The tables of a database, parents first.</summary>
    public static IReadOnlyList<Table> Of(string database) =>
        [.. Shop.Tables.Where(t => t.Database == database).Select(t => new Table(t.Name, ColumnsOf(t), t.Key))];

    private static IReadOnlyList<Column> ColumnsOf(SourceTable table) =>
        table == Shop.Users
            ? [.. table.Columns.Take(2), new Column("password_hash", ColumnType.Text, IsNullable: false), .. table.Columns.Skip(2)]
            : table.Columns;
}
