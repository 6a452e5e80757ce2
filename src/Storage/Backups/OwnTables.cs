using System.Data.Common;
using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Migrations;

namespace Tradepost.Storage.Backups;

/// <summary>The tables that migrations make, and the history of the migrations: what a backup holds of a database.</summary>
internal static partial class OwnTables
{
    public const string History = "schema_history";

    /// <summary>
    /// The tables in the order in which they are made, so that what is referred to comes first. Partitions belong to their table.
    /// </summary>
    public static IReadOnlyList<string> Of(IEnumerable<Migration> migrations)
    {
        var tables = new List<string>();
        foreach (var statement in migrations.SelectMany(migration => SqlStatements.Split(migration.Sql)))
        {
            var match = Statement().Match(statement);
            if (match.Groups["created"] is { Success: true, Value: var created } && !tables.Contains(created))
            {
                tables.Add(created);
            }
            else if (match.Groups["dropped"] is { Success: true, Value: var dropped })
            {
                tables.Remove(dropped);
            }
            else if (match.Groups["renamed"] is { Success: true, Value: var renamed } && tables.IndexOf(renamed) is >= 0 and var at)
            {
                tables[at] = match.Groups["to"].Value;
            }
        }

        return [History, .. tables];
    }

    /// <summary>Every name that a table had at some time, also of those that a later migration dropped or moved away.</summary>
    public static IReadOnlyList<string> Ever(IEnumerable<Migration> migrations) =>
        [
            History,
            .. migrations
                .SelectMany(migration => SqlStatements.Split(migration.Sql))
                .Select(statement => Statement().Match(statement))
                .SelectMany(match => new[] { match.Groups["created"], match.Groups["to"] })
                .Where(name => name.Success)
                .Select(name => name.Value)
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The views that migrations make; they go with the tables that they read, and come again with the migrations.</summary>
    public static IReadOnlyList<string> Views(IEnumerable<Migration> migrations) =>
        [
            .. migrations
                .SelectMany(migration => SqlStatements.Split(migration.Sql))
                .Select(statement => View().Match(statement).Groups["name"])
                .Where(name => name.Success)
                .Select(name => name.Value),
        ];

    public static async Task<IReadOnlyList<string>> ColumnsAsync(
        DbConnection connection,
        string table,
        CancellationToken cancellationToken
    ) => [.. (await TypedColumnsAsync(connection, table, cancellationToken)).Select(column => column.Name)];

    public static Task<IReadOnlyList<(string Name, string Type)>> TypedColumnsAsync(
        DbConnection connection,
        string table,
        CancellationToken cancellationToken
    ) =>
        connection.QueryAsync<(string Name, string Type)>(
            $"""
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_catalog = current_database() AND table_schema = {(
                table.Split('.') is [var schema, _] ? Sql.Literal(schema) : "current_schema()"
            )} AND table_name = {Sql.Literal(table.Split('.')[^1])}
            ORDER BY ordinal_position
            """,
            parameters: null,
            cancellationToken
        );

    /// <summary>Rows by table, for the tables that exist.</summary>
    public static async Task<Dictionary<string, long>> CountAsync(
        DbConnection connection,
        IEnumerable<string> tables,
        CancellationToken cancellationToken
    )
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            if ((await ColumnsAsync(connection, table, cancellationToken)).Count > 0)
            {
                counts[table] = await connection.ScalarAsync<long>(
                    $"SELECT count(*) FROM {Sql.Table(table)}",
                    parameters: null,
                    cancellationToken
                );
            }
        }

        return counts;
    }

    [GeneratedRegex(
        """^(?:\s|--[^\n]*\n)*(?:CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?"?(?<created>\w+)\b(?!\.|"?\s+PARTITION\s+OF\b)|DROP\s+TABLE\s+(?:IF\s+EXISTS\s+)?"?(?<dropped>\w+)|ALTER\s+TABLE\s+"?(?<dropped>\w+)"?\s+SET\s+SCHEMA|ALTER\s+TABLE\s+"?(?<renamed>\w+)"?\s+RENAME\s+TO\s+"?(?<to>\w+))""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Statement();

    [GeneratedRegex(
        @"^(?:\s|--[^\n]*\n)*CREATE\s+VIEW\s+(?<name>\w+(\.\w+)?)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex View();
}
