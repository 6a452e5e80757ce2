using System.Data.Common;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>The tables and views of the embedded store that queries may read: its own, none of an attached file, none hidden.</summary>
internal sealed class ReadableTables
{
    private const string Standard = "information_schema";

    private readonly HashSet<Table> readable = [];
    private readonly HashSet<string> hidden;
    private readonly List<View> views = [];
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
        var current = await connection.ReadAsync(
            "SELECT current_database(), current_schema()",
            reader => new Table(Schema: reader.GetString(1), Name: reader.GetString(0)),
            cancellationToken
        );
        var tables = new ReadableTables(current[0].Name, current[0].Schema, hiddenTables);
        var found = await connection.ReadAsync(
            """
            SELECT schema_name, table_name, '' FROM duckdb_tables() WHERE database_name = current_database() AND NOT internal
              AND NOT temporary
            UNION ALL
            SELECT schema_name, view_name, sql FROM duckdb_views()
            WHERE (database_name = current_database() AND NOT internal AND NOT temporary) OR (database_name = 'system'
              AND schema_name = 'information_schema')
            """,
            reader => new Found(new Table(reader.GetString(0), reader.GetString(1)), reader.IsDBNull(2) ? "" : reader.GetString(2)),
            cancellationToken
        );
        tables.readable.UnionWith(found.Select(one => one.Table).Where(table => !tables.hidden.Contains(table.Name)));
        tables.system.UnionWith(
            await connection.ReadAsync(
                "SELECT DISTINCT view_name FROM duckdb_views() WHERE internal AND schema_name <> 'information_schema'",
                reader => reader.GetString(0),
                cancellationToken
            )
        );
        tables.views.AddRange(
            found.Where(one => one.Sql.Length > 0 && one.Table.Schema != Standard).Select(one => new View(one.Table.Name, one.Sql))
        );
        tables.HideViews();
        tables.listed.UnionWith(found.Select(one => one.Table.Name).Where(tables.hidden.Contains));
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
            { Catalog: null, Schema: { } named } when IsCatalog(named) && readable.Contains(new Table(schema, table.Name)) => true,
            _ => readable.Contains(new Table(table.Schema ?? schema, table.Name)),
        };

    /// <summary>Whether a table is another, or a view whose text, or that of a view in it, has the other's name.</summary>
    public bool Reads(string name, string other) =>
        name.Equals(other, StringComparison.OrdinalIgnoreCase)
        || views.Exists(view =>
            view.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            && (view.Names(other) || views.Exists(inner => inner != view && view.Names(inner.Name) && Reads(inner.Name, other)))
        );

    // A view whose text has the name of a hidden table is hidden, whatever the name means there, and so is a view over that view.
    private void HideViews()
    {
        while (views.Find(view => !hidden.Contains(view.Name) && hidden.Any(view.Names)) is { } view)
        {
            hidden.Add(view.Name);
        }
    }

    private bool IsCatalog(string name) => name.Equals(catalog, StringComparison.OrdinalIgnoreCase);

    private sealed record Found(Table Table, string Sql);

    private sealed record Table(string Schema, string Name)
    {
        public bool Equals(Table? other) =>
            Schema.Equals(other?.Schema, StringComparison.OrdinalIgnoreCase) && Name.Equals(other.Name, StringComparison.OrdinalIgnoreCase);

        public override int GetHashCode() =>
            HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(Schema), StringComparer.OrdinalIgnoreCase.GetHashCode(Name));
    }

    private sealed class View(string name, string sql)
    {
        private readonly HashSet<string> words = WordsOf(sql);

        public string Name => name;

        /// <summary>Whether the view's text has a name in it, as a word; one that is not a word by itself counts wherever it stands.</summary>
        public bool Names(string other) =>
            other.All(IsOfWord) ? words.Contains(other) : sql.Contains(other, StringComparison.OrdinalIgnoreCase);

        private static HashSet<string> WordsOf(string sql)
        {
            var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            var start = 0;
            for (var i = 0; i <= sql.Length; i++)
            {
                if (i == sql.Length || !IsOfWord(sql[i]))
                {
                    found.Add(sql[start..i]);
                    start = i + 1;
                }
            }

            return found;
        }

        private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
    }
}
