using System.Data.Common;
using System.Security.Cryptography;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Queries.Server;

/// <summary>
/// The login that queries run with on PostgreSQL: it may read the tables that queries are for and nothing else. <c>db setup</c> makes it,
/// and keeps its password in a schema that it has no right to; <see cref="SettingNames.DatabaseUrlQueries"/> names another.
/// </summary>
public static class QueryLogin
{
    /// <summary>Where its name and password are kept.</summary>
    internal const string Table = "query_login";

    private const string Schema = PrivateSchema.Name;

    /// <summary>Makes the login or brings its rights up to date; gives why it could not, in a sentence, or null.</summary>
    /// <param name="store">A store whose own login may make others.</param>
    /// <param name="hiddenTables">Tables that no query may read.</param>
    public static async Task<string?> EnsureAsync(
        PostgresStore store,
        IReadOnlyCollection<string> hiddenTables,
        CancellationToken cancellationToken
    )
    {
        if (store.Target.Queries is not null)
        {
            return null;
        }

        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('tradepost queries'))", null, cancellationToken);
            var name = await connection.ScalarAsync<string>(
                "SELECT 'tradepost_queries_' || oid FROM pg_database WHERE datname = current_database()",
                null,
                cancellationToken
            );
            await MakeAsync(connection, name!, cancellationToken); // every database has a name
            await GrantAsync(connection, Sql.Name(name!), hiddenTables, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.FeatureNotSupported)
        {
            return $"The login for queries could not be made ({e.MessageText}); queries run with the store's own. Give that one "
                + $"CREATEROLE and run `tradepost db setup`, or name another login with {SettingNames.DatabaseUrlQueries}.";
        }
    }

    /// <summary>The login's name and password; null where none was made.</summary>
    internal static async Task<(string User, string Password)?> FindAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        if (
            !await connection.ScalarAsync<bool>(
                $"SELECT to_regclass('{Schema}.{Table}') IS NOT NULL AND has_schema_privilege('{Schema}', 'USAGE')",
                null,
                cancellationToken
            )
        )
        {
            return null;
        }

        var found = await connection.ReadAsync(
            $"SELECT user_name, password FROM {Schema}.{Table}",
            reader => (reader.GetString(0), reader.GetString(1)),
            cancellationToken
        );
        return found.Count == 0 ? null : found[0];
    }

    private static async Task MakeAsync(DbConnection connection, string name, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"""
            CREATE SCHEMA IF NOT EXISTS {Schema};
            REVOKE ALL ON SCHEMA {Schema} FROM PUBLIC;
            CREATE TABLE IF NOT EXISTS {Schema}.{Table} (user_name text PRIMARY KEY, password text NOT NULL);
            REVOKE ALL ON {Schema}.{Table} FROM PUBLIC
            """,
            null,
            cancellationToken
        );
        var exists = await connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = @name)",
            new { name },
            cancellationToken
        );
        if (exists && await FindAsync(connection, cancellationToken) is { } known && known.User == name)
        {
            return;
        }

        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        await connection.ExecuteAsync(
            $"""
            {(exists ? "ALTER" : "CREATE")} ROLE {Sql.Name(
                name
            )} LOGIN NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 32 PASSWORD {Sql.Literal(password)};
            DELETE FROM {Schema}.{Table};
            INSERT INTO {Schema}.{Table} VALUES ({Sql.Literal(name)}, {Sql.Literal(password)})
            """,
            null,
            cancellationToken
        );
    }

    private static async Task GrantAsync(
        DbConnection connection,
        string role,
        IReadOnlyCollection<string> hiddenTables,
        CancellationToken cancellationToken
    )
    {
        var (schema, database, isSuper) = (
            await connection.ReadAsync(
                "SELECT current_schema()::text, current_database()::text, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)",
                reader => (Sql.Name(reader.GetString(0)), Sql.Name(reader.GetString(1)), reader.GetBoolean(2)),
                cancellationToken
            )
        )[0];
        await connection.ExecuteAsync(
            $"""
            ALTER ROLE {role} IN DATABASE {database} SET default_transaction_read_only = on;
            ALTER ROLE {role} IN DATABASE {database} SET statement_timeout = '60s';
            ALTER ROLE {role} IN DATABASE {database} SET idle_in_transaction_session_timeout = '60s';
            ALTER ROLE {role} IN DATABASE {database} SET work_mem = '16MB';
            {(isSuper ? $"ALTER ROLE {role} IN DATABASE {database} SET temp_file_limit = '2GB';" : "")}
            GRANT CONNECT ON DATABASE {database} TO {role};
            GRANT USAGE ON SCHEMA {schema} TO {role};
            GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {role};
            ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT ON TABLES TO {role}
            """,
            null,
            cancellationToken
        );
        var hidden = await PostgresQuery.HiddenAsync(
            connection,
            hiddenTables.ToHashSet(StringComparer.OrdinalIgnoreCase),
            cancellationToken
        );
        var here = await connection.QueryAsync<string>(
            "SELECT relname::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', "
                + "'f') AND relname = ANY(@hidden)",
            new { hidden = hidden.ToArray() },
            cancellationToken
        );
        foreach (var table in here)
        {
            await connection.ExecuteAsync($"REVOKE ALL ON {schema}.{Sql.Name(table)} FROM {role}", null, cancellationToken);
        }
    }
}
