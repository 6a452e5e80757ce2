using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Execution;

/// <summary>A native database and how many connections it has. Once closed it stays closed; the cache then makes another.</summary>
internal sealed class SharedDatabase(DuckDbConnectionStringBuilder settings, Action forget)
{
    private readonly Lock guard = new();
    private readonly string configuration = settings.ConfigurationText;
    private DatabaseHandle? database;
    private int connections;
    private bool closed;

    /// <summary>Null when the database was closed in the meantime.</summary>
    public ConnectionHandle? TryConnect(DuckDbConnectionStringBuilder wanted)
    {
        // Opening and closing exclude each other here, so that the file is never open twice.
        lock (guard)
        {
            if (closed)
                return null;
            if (database is not null && configuration != wanted.ConfigurationText)
                throw new DuckDbException($"'{wanted.DataSource}' is already open in this process with other settings ({configuration}); open it with the same ones (asked for: {wanted.ConfigurationText}) or close it first.", DuckDbErrorType.Connection);
            try
            {
                if (database is not null)
                    return Connect(database, wanted);
                database = Open(wanted);
                return WithTimeZone(Connect(database, wanted), wanted);
            }
            finally
            {
                if (connections == 0)
                    Close();
            }
        }
    }

    private ConnectionHandle Connect(DatabaseHandle opened, DuckDbConnectionStringBuilder wanted)
    {
        if (OpenConnect.Connect(opened, out var connection) != State.Success)
        {
            connection.Dispose();
            throw new DuckDbException($"Could not connect to '{wanted.DataSource}'.", DuckDbErrorType.Connection);
        }
        connections++;
        connection.OnDisconnected(Release);
        return connection;
    }

    /// <summary>Sets the time zone for all connections; the configuration of an opening database does not take it.</summary>
    private static ConnectionHandle WithTimeZone(ConnectionHandle connection, DuckDbConnectionStringBuilder wanted)
    {
        try
        {
            using var batch = new Batch(connection, $"SET GLOBAL TimeZone = '{wanted.TimeZone.Replace("'", "''", StringComparison.Ordinal)}'", keep: false);
            batch.Execute(0, [], interruption: null).Dispose();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Release()
    {
        lock (guard)
        {
            if (--connections == 0)
                Close();
        }
    }

    private void Close()
    {
        // A failed opening comes here twice; forgetting twice could forget the database that took this one's place.
        if (closed)
            return;
        database?.Dispose();
        database = null;
        closed = true;
        forget();
    }

    private static DatabaseHandle Open(DuckDbConnectionStringBuilder wanted)
    {
        if (Configuration.Create(out var config) != State.Success)
            throw new DuckDbException("DuckDB could not create a configuration.", DuckDbErrorType.OutOfMemory);
        using (config)
        {
            foreach (var (name, value) in wanted.Configuration)
            {
                if (Configuration.Set(config, name, value) != State.Success)
                    throw new DuckDbException($"DuckDB does not accept the setting {name} = '{value}'.", DuckDbErrorType.InvalidConfiguration);
            }
            if (OpenConnect.Open(wanted.IsInMemory ? null : wanted.DataSource, out var database, config, out var error) == State.Success)
                return database;
            database.Dispose();
            throw ErrorText.From(Library.Owned(error));
        }
    }
}
