using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage;

/// <summary>The database of a PostgreSQL store, before there is one.</summary>
public static class PostgresDatabase
{
    private const string Maintenance = "postgres";

    /// <summary>Creates the database when the server does not have it yet; gives whether it was created.</summary>
    public static async Task<bool> CreateIfMissingAsync(PostgresTarget target, CancellationToken cancellationToken)
    {
        var url = target.Direct ?? target.Url;
        await using var source = url.WithDatabase(Maintenance).CreateDataSource();
        NpgsqlConnection connection;
        try
        {
            connection = await source.OpenConnectionAsync(cancellationToken);
        }
        catch (NpgsqlException e) when (PostgresFailures.IsOfCertificate(e))
        {
            throw await PostgresFailures.OfCertificateAsync(url, e, cancellationToken);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            throw new StoreUnavailableException($"{url.Description} could not be reached: {PostgresFailures.ReasonOf(e)}", e);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InsufficientPrivilege)
        {
            return false; // hosted servers may keep that database to themselves; theirs exists already
        }

        await using (connection)
        {
            await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection)
            {
                Parameters = { new() { Value = url.Database } },
            };
            if (await exists.ExecuteScalarAsync(cancellationToken) is not null)
            {
                return false;
            }

            await using var create = new NpgsqlCommand($"CREATE DATABASE {Sql.Name(url.Database)}", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
            return true;
        }
    }

    /// <summary>The same server and credentials, another database.</summary>
    public static PostgresTarget Sibling(PostgresTarget target, string database) =>
        new((target.Direct ?? target.Url).WithDatabase(database));

    /// <summary>Drops the database and all it holds.</summary>
    public static async Task DropAsync(PostgresTarget target, CancellationToken cancellationToken)
    {
        var url = target.Direct ?? target.Url;
        await using var source = url.WithDatabase(Maintenance).CreateDataSource();
        await using var drop = source.CreateCommand($"DROP DATABASE IF EXISTS {Sql.Name(url.Database)} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync(cancellationToken);
    }
}
