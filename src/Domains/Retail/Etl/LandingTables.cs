using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>The tables of one run: what was read of a source table, which of its units that replaces, and what was staged of them.</summary>
internal static class LandingTables
{
    /// <summary>Empty ones, in the place of what a killed run left behind.</summary>
    public static string Create(Store store, SourceTable table, Func<string, string> name) =>
        $"""
        {Drop(table, name)}
        CREATE {store.Dialect.Unlogged} TABLE {name(table.Landing)} ({store.Dialect.ColumnDefinitions(table.StagingColumns.Select(c => c with { IsNullable = true }))});
        CREATE {store.Dialect.Unlogged} TABLE {name(table.Replaced)} (unit bigint);
        CREATE {store.Dialect.Unlogged} TABLE {name(table.Displaced)} ({store.Dialect.ColumnDefinitions(table.DisplacedColumns.Select(c => c with { IsNullable = true }))});
        """;

    public static string Create(Store store, SourceTable table) => Create(store, table, Sql.Name);

    public static string Drop(SourceTable table) => Drop(table, Sql.Name);

    private static string Drop(SourceTable table, Func<string, string> name) =>
        $"DROP TABLE IF EXISTS {name(table.Landing)}; DROP TABLE IF EXISTS {name(table.Replaced)}; DROP TABLE IF EXISTS {name(table.Displaced)};";
}
