using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Whether anybody but the ETL wrote to the fact table, from PostgreSQL's own counters, so that 2.5 million rows need not be
/// summed to find that nobody did. The counters are from PostgreSQL 15 on exact within ten seconds; what is missed in them one run
/// finds in the next. Where there are none the table is summed every time, which the embedded store does in no time.
/// </summary>
internal sealed class FactWrites(Store store)
{
    private const string StateName = "fact_sales.writes";
    private const int FirstVersion = 150000;

    private const string Counter =
        """
        SELECT CAST(t.oid AS text) || ':' || pg_stat_get_tuples_inserted(t.oid) || ':' || pg_stat_get_tuples_updated(t.oid) || ':' || pg_stat_get_tuples_deleted(t.oid)
        FROM (SELECT CAST('fact_sales' AS regclass) AS oid) t
        """;

    public async Task<bool> AreOursAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (!await IsCountedAsync(connection, cancellationToken))
        {
            return false;
        }

        var remembered = await connection.ScalarAsync<string>($"SELECT value FROM etl_state WHERE name = {Sql.Literal(StateName)}", null, cancellationToken);
        return remembered is not null && remembered == await connection.ScalarAsync<string>(Counter, null, cancellationToken);
    }

    /// <summary>Keeps where the counters stand, after a run has been committed. A run killed before that is only checked once more.</summary>
    public async Task RememberAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (await IsCountedAsync(connection, cancellationToken))
        {
            await connection.ExecuteAsync("SELECT pg_stat_force_next_flush()", null, cancellationToken);
            var value = await connection.ScalarAsync<string>(Counter, null, cancellationToken);
            await connection.ExecuteAsync(
                $"INSERT INTO etl_state (name, value) VALUES ({Sql.Literal(StateName)}, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                new { value }, cancellationToken);
        }
    }

    private async Task<bool> IsCountedAsync(DbConnection connection, CancellationToken cancellationToken) =>
        store.Dialect is PostgresDialect
        && int.Parse(await connection.ScalarAsync<string>("SHOW server_version_num", null, cancellationToken) ?? "0", CultureInfo.InvariantCulture) >= FirstVersion;
}
