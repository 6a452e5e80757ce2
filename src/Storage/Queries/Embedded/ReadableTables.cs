using System.Data.Common;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>The tables and views of the embedded store that queries may read: its own, none of an attached file, none hidden.</summary>
internal sealed class ReadableTables
{
    private const string Standard = "information_schema";

    private readonly HashSet<(string Schema, string Name)> readable = new(IgnoringCase.Instance);
    private readonly HashSet<string> hidden = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string Sql)> views = [];
    private readonly HashSet<string> listed = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> system = new(StringComparer.OrdinalIgnoreCase);
    private readonly string catalog;
    private readonly string schema;

    private ReadableTables(string catalog, string schema, IEnumerable<string> hiddenTables) =>
        (this.catalog, this.schema, hidden) = (catalog, schema, hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase));

    public static async Task<ReadableTables> OfAsync(
        DbConnection connection,
        IReadOnlySet<string> hiddenTables,
        CancellationToken cancellationToken
    )
    {
        var (catalog, schema) = (
            await connection.ReadAsync(
                "SELECT current_database(), current_schema()",
                reader => (reader.GetString(0), reader.GetString(1)),
                cancellationToken
            )
        )[0];
        var tables = new ReadableTables(catalog, schema, hiddenTables);
        var found = await connection.ReadAsync(
            """
            SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
              AND NOT temporary
            UNION ALL
            SELECT schema_name, view_name, sql FROM duckdb_views()
            WHERE (database_name = current_database() AND NOT internal AND NOT temporary) OR (database_name = 'system'
              AND schema_name = 'information_schema')
            """,
            reader => (Schema: reader.GetString(0), Name: reader.GetString(1), Sql: reader.IsDBNull(2) ? "" : reader.GetString(2)),
            cancellationToken
        );
        tables.readable.UnionWith(found.Where(table => !tables.hidden.Contains(table.Name)).Select(table => (table.Schema, table.Name)));
        tables.system.UnionWith(
            await connection.QueryAsync<string>(
                "SELECT DISTINCT view_name FROM duckdb_views() WHERE internal AND schema_name <> 'information_schema'",
                null,
                cancellationToken
            )
        );
        tables.HideViews([
            .. found.Where(table => table.Sql.Length > 0 && table.Schema != Standard).Select(table => (table.Name, table.Sql)),
        ]);
        tables.views.AddRange(
            found.Where(table => table.Sql.Length > 0 && table.Schema != Standard).Select(table => (table.Name, table.Sql))
        );
        tables.listed.UnionWith(found.Select(table => table.Name).Where(tables.hidden.Contains));
        return tables;
    }

    /// <summary>What may not be read: the tables that are declared so, and the views over them.</summary>
    public IReadOnlySet<string> Hidden => hidden;

    /// <summary>Those of them that the store has.</summary>
    public IReadOnlySet<string> HiddenHere => listed;

    /// <summary>The names that lists of tables may show.</summary>
    public IEnumerable<string> Shown =>
        readable.Select(table => table.Name).Where(name => !hidden.Contains(name)).Distinct(StringComparer.OrdinalIgnoreCase);

    public bool IsHidden(string name) => hidden.Contains(name);

    /// <summary>
    /// Whether DuckDB itself has a view of that name, which would be read where a name of the query's own does not reach.
    /// </summary>
    public bool IsOfTheSystem(string name) => system.Contains(name);

    public bool Has(TableName table) =>
        table switch
        {
            { Catalog: { } named } when !IsCatalog(named) => false,
            { Catalog: null, Schema: { } named } when IsCatalog(named) && readable.Contains((schema, table.Name)) => true,
            _ => readable.Contains((table.Schema ?? schema, table.Name)),
        };

    /// <summary>Whether a table is another, or a view whose text, or that of a view in it, has the other's name.</summary>
    public bool Reads(string name, string other) =>
        name.Equals(other, StringComparison.OrdinalIgnoreCase)
        || views.Exists(view =>
            view.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && (Names(view.Sql, other) || views.Exists(inner => inner != view && Names(view.Sql, inner.Name) && Reads(inner.Name, other)))
        );

    private static bool Names(string sql, string name) =>
        Regex.IsMatch(sql, $@"\b{Regex.Escape(name)}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    // A view whose text has the name of a hidden table is hidden, whatever the name means there, and so is a view over that view.
    private void HideViews(List<(string Name, string Sql)> views)
    {
        while (views.Find(view => !hidden.Contains(view.Name) && hidden.Any(name => Names(view.Sql, name))) is { Name: not null } view)
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

        public int GetHashCode((string Schema, string Name) name) =>
            HashCode.Combine(
                StringComparer.OrdinalIgnoreCase.GetHashCode(name.Schema),
                StringComparer.OrdinalIgnoreCase.GetHashCode(name.Name)
            );
    }
}
