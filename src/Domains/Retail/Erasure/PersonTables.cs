using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Erasure;

/// <summary>The warehouse's tables that are about customers: what they say of a person, and how that is emptied.</summary>
internal sealed class PersonTables(DbConnection connection, IReadOnlySet<string> tables)
{
    private static readonly IReadOnlyList<SourceTable> Sources = [Shop.Customers, Shop.Users];

    /// <summary>The customers who have or had an e-mail.</summary>
    public Task<IReadOnlyList<long>> FindAsync(string email, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            """
            SELECT customer_id FROM dim_customer WHERE lower(email) = lower(@email)
            UNION SELECT customer_id FROM history_customer WHERE lower(email) = lower(@email)
            UNION SELECT id FROM stg_customers WHERE lower(email) = lower(@email) OR user_id IN (SELECT id FROM stg_users
              WHERE lower(email) = lower(@email))
            UNION SELECT CAST(natural_key AS bigint) FROM etl_rejects WHERE source_table = 'customers' AND natural_key <> ''
              AND lower("row" ->> 'email') = lower(@email)
            ORDER BY 1
            """,
            new { email },
            row => row.GetInt64(0),
            cancellationToken
        );

    public async Task<bool> IsKnownAsync(long customer, CancellationToken cancellationToken) =>
        customer > 0
        && await connection.ScalarAsync<bool>(
            """
            SELECT EXISTS (SELECT 1 FROM dim_customer WHERE customer_id = @customer) OR EXISTS (SELECT 1 FROM history_customer
              WHERE customer_id = @customer)
                OR EXISTS (SELECT 1 FROM stg_customers WHERE id = @customer) OR EXISTS (SELECT 1 FROM erased_customers
                  WHERE customer_id = @customer)
                OR EXISTS (SELECT 1 FROM etl_rejects WHERE source_table = 'customers' AND natural_key = CAST(@customer AS text))
            """,
            new { customer },
            cancellationToken
        );

    /// <summary>Everything that is written about customers, who count as one person.</summary>
    public async Task<Person> ReadAsync(IReadOnlyList<long> customers, CancellationToken cancellationToken)
    {
        var person = new Person(customers);
        var keys = person.CustomerKeys;
        await AddAsync(
            person,
            $"SELECT name, email, phone, user_id FROM dim_customer WHERE customer_id IN ({keys}) AND NOT is_inferred",
            cancellationToken
        );
        await AddAsync(person, $"SELECT NULL, email, NULL, NULL FROM history_customer WHERE customer_id IN ({keys})", cancellationToken);
        await AddAsync(person, $"SELECT NULL, NULL, NULL, user_id FROM erased_customers WHERE customer_id IN ({keys})", cancellationToken);
        foreach (var table in Of(Shop.Customers))
        {
            await AddAsync(person, $"SELECT name, email, phone, user_id FROM {Sql.Name(table)} WHERE id IN ({keys})", cancellationToken);
        }

        foreach (var table in Of(Shop.Users))
        {
            await AddAsync(
                person,
                $"SELECT NULL, email, NULL, NULL FROM {Sql.Name(table)} WHERE id IN ({person.UserKeys})",
                cancellationToken
            );
        }

        foreach (var (_, row, _) in await RejectsAsync(person, cancellationToken))
        {
            person.Add(Text(row, "name"), Text(row, "email"), Text(row, "phone"));
        }

        return person;
    }

    /// <summary>Empties the rows that were kept aside, and says whether some of them wait to be loaded.</summary>
    public async Task<(ErasedPlace Place, bool Wait)> EmptyRejectsAsync(Person person, CancellationToken cancellationToken)
    {
        var (changed, wait) = (0L, false);
        foreach (var (reject, row, isOpen) in await RejectsAsync(person, cancellationToken))
        {
            foreach (var column in ErasedCustomers.ColumnsOf(reject.Table))
            {
                row[column] = null;
            }

            wait |= isOpen;
            var text = row.ToJsonString();
            changed += await connection.ExecuteAsync(
                """
                UPDATE etl_rejects SET "row" = CAST(@text AS json), problem = @unsaid
                WHERE source_table = @Table AND natural_key = @Key AND rule = @Rule AND row_hash = @Hash AND (problem <> @unsaid
                  OR CAST("row" AS text) <> @text)
                """,
                new
                {
                    text,
                    unsaid = ErasedCustomers.Unsaid,
                    reject.Table,
                    reject.Key,
                    reject.Rule,
                    reject.Hash,
                },
                cancellationToken
            );
        }

        return (new ErasedPlace("etl_rejects", "row, problem", changed), wait);
    }

    /// <summary>Empties what is staged, and what a killed load left behind.</summary>
    public async Task<IReadOnlyList<ErasedPlace>> EmptyStagedAsync(CancellationToken cancellationToken)
    {
        var erased = new ErasedCustomers(connection);
        await erased.ReadAsync(cancellationToken);
        var places = new List<ErasedPlace>();
        foreach (var source in Sources)
        {
            foreach (var table in Of(source))
            {
                places.Add(
                    new ErasedPlace(
                        table,
                        string.Join(", ", ErasedCustomers.ColumnsOf(source.Name)),
                        await erased.EmptyAsync(table, source, cancellationToken)
                    )
                );
            }
        }

        return places;
    }

    private IEnumerable<string> Of(SourceTable source) => new[] { source.Staging, source.Landing }.Where(tables.Contains);

    private async Task AddAsync(Person person, string sql, CancellationToken cancellationToken)
    {
        foreach (
            var (name, email, phone, user) in await connection.ReadAsync(
                sql,
                row => (Text(row, 0), Text(row, 1), Text(row, 2), row.IsDBNull(3) ? (long?)null : row.GetInt64(3)),
                cancellationToken
            )
        )
        {
            person.Add(name, email, phone);
            if (user is { } id)
            {
                person.Users.Add(id);
            }
        }
    }

    private async Task<
        IReadOnlyList<((string Table, string Key, string Rule, long Hash) Reject, JsonObject Row, bool IsOpen)>
    > RejectsAsync(Person person, CancellationToken cancellationToken) =>
        await connection.ReadAsync(
            $"""
            SELECT source_table, natural_key, rule, row_hash, CAST("row" AS text), replayed_at IS NULL FROM etl_rejects
            WHERE (source_table = 'customers' AND natural_key IN ({Quoted(
                person.CustomerKeys
            )})) OR (source_table = 'users' AND natural_key IN ({Quoted(person.UserKeys)}))
            """,
            row =>
                (
                    (row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3)),
                    JsonNode.Parse(row.GetString(4))!.AsObject(),
                    row.GetBoolean(5)
                ),
            cancellationToken
        );

    private static string Quoted(string keys) => string.Join(", ", keys.Split(", ").Select(key => key == "NULL" ? key : $"'{key}'"));

    private static string? Text(JsonObject row, string column) =>
        row[column] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
