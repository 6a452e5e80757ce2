using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Erasure;

/// <summary>Every column of texts in the store: the search for a person in them, and the blotting out where a text mentions one.</summary>
internal sealed class StoreTexts(Store store, DbConnection connection, Person person)
{
    private const string Blot = @"\1[erased]\2";

    // What is about other people, by their keys; whoever shares a name with the erased person stays.
    private Dictionary<string, string> OwnRows { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["dim_customer"] = $"customer_id IN ({person.CustomerKeys})",
            ["history_customer"] = $"customer_id IN ({person.CustomerKeys})",
            [Shop.Customers.Staging] = $"id IN ({person.CustomerKeys})",
            [Shop.Customers.Landing] = $"id IN ({person.CustomerKeys})",
            [Shop.Users.Staging] = $"id IN ({person.UserKeys})",
            [Shop.Users.Landing] = $"id IN ({person.UserKeys})",
            [Shop.Employees.Staging] = "FALSE",
            [Shop.Employees.Landing] = "FALSE",
            ["dim_manager"] = "FALSE",
            ["etl_rejects"] =
                "(source_table = 'customers' AND natural_key IN "
                + $"('{person.CustomerKeys.Replace(", ", "', '", StringComparison.Ordinal)}')) OR (source_table = 'users' AND "
                + $"natural_key IN ('{person.UserKeys.Replace(", ", "', '", StringComparison.Ordinal)}')) OR source_table NOT IN "
                + "('customers', 'users', 'employees')",
        };

    public static async Task<IReadOnlySet<string>> TablesAsync(Store store, DbConnection connection, CancellationToken cancellationToken) =>
        (await ColumnsAsync(store, connection, cancellationToken)).Select(column => column.Table).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// Blots the person out of texts that are about something else: logs, arguments, errors, alerts, events that were kept aside.
    /// </summary>
    public async Task<IReadOnlyList<ErasedPlace>> BlotAsync(CancellationToken cancellationToken)
    {
        var places = new List<ErasedPlace>();
        if (person.Pattern() is { } pattern)
        {
            foreach (
                var (table, column, type) in (await ColumnsAsync(store, connection, cancellationToken)).Where(place =>
                    !OwnRows.ContainsKey(place.Table)
                )
            )
            {
                if (await CountAsync(table, column, pattern, "TRUE", cancellationToken) is > 0 and var rows)
                {
                    // Twice: of two that follow each other the first takes the letter between them.
                    var text = $"CAST({Sql.Name(column)} AS text)";
                    await connection.ExecuteAsync(
                        $"UPDATE {Sql.Name(table)} SET {Sql.Name(column)} = CAST(regexp_replace(regexp_replace({text}, @pattern, @Blot, "
                            + $"'gi'), @pattern, @Blot, 'gi') AS {type}) WHERE {Matches(column)}",
                        new { pattern, Blot },
                        cancellationToken
                    );
                    places.Add(new ErasedPlace(table, column, rows));
                }
            }
        }

        return places;
    }

    /// <summary>
    /// How many columns there are, how often the person is found in them, and how often somebody else who is called the same.
    /// </summary>
    public async Task<(int Columns, long Found, long Others)> SearchAsync(CancellationToken cancellationToken)
    {
        var columns = await ColumnsAsync(store, connection, cancellationToken);
        var (found, others) = (0L, 0L);
        if (person.Pattern() is { } pattern)
        {
            foreach (var (table, column, _) in columns)
            {
                var own = OwnRows.GetValueOrDefault(table, "TRUE");
                found += await CountAsync(table, column, pattern, own, cancellationToken);
                others += own == "TRUE" ? 0 : await CountAsync(table, column, pattern, $"NOT ({own})", cancellationToken);
            }
        }

        return (columns.Count, found, others);
    }

    private async Task<long> CountAsync(string table, string column, string pattern, string rows, CancellationToken cancellationToken) =>
        await connection.ScalarAsync<long>(
            $"SELECT count(*) FROM {Sql.Name(table)} WHERE ({rows}) AND {Matches(column)}",
            new { pattern },
            cancellationToken
        );

    private string Matches(string column) => store.Dialect.Matches($"CAST({Sql.Name(column)} AS text)", "@pattern");

    // What Tradepost's own users are called and did stays: they are staff, and accounts have their own way out.
    private static async Task<IReadOnlyList<(string Table, string Column, string Type)>> ColumnsAsync(
        Store store,
        DbConnection connection,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await connection.ReadAsync(
                    store.Dialect.TextColumns,
                    row => (Table: row.GetString(0), Column: row.GetString(1), Type: row.GetString(2)),
                    cancellationToken
                )
            ).Where(place =>
                !(
                    place.Table is "users" or "audit_log" or "schema_history"
                    || place.Table.StartsWith("user_", StringComparison.Ordinal)
                    || place.Column.EndsWith("_by", StringComparison.Ordinal)
                )
            ),
        ];
}
