using System.Data.Common;
using System.Globalization;

namespace Tradepost.Storage.Migrations;

/// <summary>The table in which a store keeps what was applied to it.</summary>
internal static class SchemaHistory
{
    private const string Create = """
        CREATE TABLE IF NOT EXISTS schema_history (
            owner varchar NOT NULL,
            number integer NOT NULL,
            name varchar NOT NULL,
            checksum varchar NOT NULL,
            applied_at timestamp,
            seconds double precision,
            PRIMARY KEY (owner, number)
        )
        """;

    private const string Exists = """
        SELECT count(*) FROM information_schema.tables
        WHERE table_catalog = current_database() AND table_schema = current_schema() AND table_name = 'schema_history'
        """;

    public static Task CreateAsync(DbConnection connection, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, null, Create, [], cancellationToken);

    public static async Task<IReadOnlyList<AppliedMigration>> ReadAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        await using (var exists = connection.CreateCommand())
        {
            exists.CommandText = Exists;
            if (Convert.ToInt64(await exists.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture) == 0)
            {
                return [];
            }
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT owner, number, name, checksum, applied_at, seconds FROM schema_history ORDER BY owner, number";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<AppliedMigration>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(
                new AppliedMigration(
                    reader.GetString(0),
                    reader.GetInt32(1),
                    reader.GetString(2),
                    reader.GetString(3),
                    await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetDateTime(4),
                    await reader.IsDBNullAsync(5, cancellationToken) ? null : reader.GetDouble(5)
                )
            );
        }

        return rows;
    }

    /// <summary>Notes a migration as applied, or, without a time, as started.</summary>
    public static Task AddAsync(
        DbConnection connection,
        DbTransaction? transaction,
        Migration migration,
        DateTime? appliedAt,
        double? seconds,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            connection,
            transaction,
            "INSERT INTO schema_history (owner, number, name, checksum, applied_at, seconds) VALUES ($1, $2, $3, $4, $5, $6)",
            [
                migration.Owner,
                migration.Number,
                migration.Name,
                migration.Checksum,
                appliedAt ?? (object)DBNull.Value,
                seconds ?? (object)DBNull.Value,
            ],
            cancellationToken
        );

    public static Task FinishAsync(
        DbConnection connection,
        Migration migration,
        DateTime appliedAt,
        double seconds,
        CancellationToken cancellationToken
    ) =>
        ExecuteAsync(
            connection,
            null,
            "UPDATE schema_history SET applied_at = $3, seconds = $4 WHERE owner = $1 AND number = $2",
            [migration.Owner, migration.Number, appliedAt, seconds],
            cancellationToken
        );

    public static async Task ExecuteAsync(
        DbConnection connection,
        DbTransaction? transaction,
        string sql,
        object[] values,
        CancellationToken cancellationToken
    )
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        command.CommandTimeout = 0; // a migration of a large table takes the time it takes
        foreach (var value in values)
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
