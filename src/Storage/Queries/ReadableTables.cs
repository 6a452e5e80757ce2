using System.Data.Common;

namespace Tradepost.Storage.Queries;

/// <summary>The tables and views of the embedded store that queries may read: its own, none of an attached file, none hidden.</summary>
internal sealed class ReadableTables
{
    private const string Standard = "information_schema";

    private readonly HashSet<(string Schema, string Name)> readable = new(IgnoringCase.Instance);
    private readonly HashSet<string> hidden = new(StringComparer.OrdinalIgnoreCase);
    private readonly string catalog;
    private readonly string schema;

    private ReadableTables(string catalog, string schema, IEnumerable<string> hiddenTables) =>
        (this.catalog, this.schema, hidden) = (catalog, schema, hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase));

    public static async Task<ReadableTables> OfAsync(DbConnection connection, IReadOnlySet<string> hiddenTables, CancellationToken cancellationToken)
    {
        var (catalog, schema) = (await connection.ReadAsync(
            "SELECT current_database(), current_schema()", reader => (reader.GetString(0), reader.GetString(1)), cancellationToken))[0];
        var tables = new ReadableTables(catalog, schema, hiddenTables);
        var found = await connection.ReadAsync(
            """
            SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal AND NOT temporary
            UNION ALL
            SELECT schema_name, view_name, sql FROM duckdb_views()
            WHERE (database_name = current_database() AND NOT internal AND NOT temporary) OR (database_name = 'system' AND schema_name = 'information_schema')
            """,
            reader => (Schema: reader.GetString(0), Name: reader.GetString(1), Sql: reader.IsDBNull(2) ? "" : reader.GetString(2)),
            cancellationToken);
        tables.readable.UnionWith(found.Where(table => !tables.hidden.Contains(table.Name)).Select(table => (table.Schema, table.Name)));
        tables.HideViews([.. found.Where(table => table.Sql.Length > 0 && table.Schema != Standard).Select(table => (table.Name, SqlWords.Of(table.Sql)))]);
        return tables;
    }

    /// <summary>What may not be read: the tables that are declared so, and the views over them.</summary>
    public IReadOnlySet<string> Hidden => hidden;

    public bool IsHidden(TableName table) => hidden.Contains(table.Name);

    public bool Has(TableName table) => table switch
    {
        { Catalog: { } named } when !IsCatalog(named) => false,
        { Catalog: null, Schema: { } named } when IsCatalog(named) && readable.Contains((schema, table.Name)) => true,
        _ => readable.Contains((table.Schema ?? schema, table.Name)),
    };

    // A view over a hidden table is hidden, and so is a view over that view.
    private void HideViews(List<(string Name, IReadOnlySet<string> Words)> views)
    {
        while (views.Find(view => !hidden.Contains(view.Name) && view.Words.Any(hidden.Contains)) is { Name: not null } view)
        {
            hidden.Add(view.Name);
        }
    }

    private bool IsCatalog(string name) => name.Equals(catalog, StringComparison.OrdinalIgnoreCase);

    private sealed class IgnoringCase : IEqualityComparer<(string Schema, string Name)>
    {
        public static IgnoringCase Instance { get; } = new();

        public bool Equals((string Schema, string Name) x, (string Schema, string Name) y) =>
            x.Schema.Equals(y.Schema, StringComparison.OrdinalIgnoreCase) && x.Name.Equals(y.Name, StringComparison.OrdinalIgnoreCase);

        public int GetHashCode((string Schema, string Name) name) => HashCode.Combine(
            StringComparer.OrdinalIgnoreCase.GetHashCode(name.Schema), StringComparer.OrdinalIgnoreCase.GetHashCode(name.Name));
    }
}
