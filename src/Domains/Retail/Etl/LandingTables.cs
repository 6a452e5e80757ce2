using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>The tables of one run: what was read of a source table, and which of its units that replaces.</summary>
internal static class LandingTables
{
    /// <summary>Empty ones, in the place of what a killed run left behind.</summary>
    public static string Create(Store store, SourceTable table) =>
        $"""
        {Drop(table)}
        CREATE {store.Dialect.Unlogged} TABLE {Sql.Name(table.Landing)} ({store.Dialect.ColumnDefinitions(table.StagingColumns.Select(c => c with { IsNullable = true }))});
        CREATE {store.Dialect.Unlogged} TABLE {Sql.Name(table.Replaced)} (unit bigint);
        """;

    public static string Drop(SourceTable table) =>
        $"DROP TABLE IF EXISTS {Sql.Name(table.Landing)}; DROP TABLE IF EXISTS {Sql.Name(table.Replaced)};";
}
