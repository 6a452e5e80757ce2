using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Etl;

/// <summary>
/// The tables of one run: what was read of a source table, which of its units that replaces, and what was staged of them.
/// </summary>
internal static class LandingTables
{
    /// <summary>Empty ones, in the place of what a killed run left behind.</summary>
    public static string Create(Store store, SourceTable table, Func<string, string> name) =>
        $"""
            {store.Dialect.CreateAnew(name(table.Landing), Definitions(store, table.StagingColumns))}
            {store.Dialect.CreateAnew(name(table.Replaced), "unit bigint")}
            {store.Dialect.CreateAnew(name(table.Displaced), Definitions(store, table.DisplacedColumns))}
            """;

    public static string Create(Store store, SourceTable table) => Create(store, table, Sql.Name);

    public static string Drop(SourceTable table) =>
        $"DROP TABLE IF EXISTS {Sql.Name(table.Landing)}; DROP TABLE IF EXISTS {Sql.Name(table.Replaced)}; DROP TABLE IF EXISTS "
        + $"{Sql.Name(table.Displaced)};";

    private static string Definitions(Store store, IEnumerable<Column> columns) =>
        store.Dialect.ColumnDefinitions(columns.Select(c => c with { IsNullable = true }));
}
