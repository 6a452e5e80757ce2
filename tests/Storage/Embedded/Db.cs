using DuckDB.NET.Data;
using Tradepost.Storage.Embedded;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Embedded;

/// <summary>Short ways to a database for tests.</summary>
internal static class Db
{
    public static EmbeddedConnection Open(TemporaryFolder folder) => Open(folder.Combine("test.duckdb"));

    public static EmbeddedConnection Open(string path, DuckDBAccessMode mode = DuckDBAccessMode.ReadWrite)
    {
        var connection = new EmbeddedConnection(
            new EmbeddedSettings(new DuckDBConnectionStringBuilder { DataSource = path, AccessMode = mode })
        );
        connection.Open();
        return connection;
    }

    public static EmbeddedCommand Command(this EmbeddedConnection connection, string sql, params object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter as DuckDBParameter ?? new DuckDBParameter("", parameter));
        }

        return command;
    }

    public static int Run(this EmbeddedConnection connection, string sql, params object?[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row, read as T.</summary>
    public static T Get<T>(this EmbeddedConnection connection, string sql, params object?[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        return reader.GetFieldValue<T>(0);
    }

    /// <summary>An appender for the columns, or for all.</summary>
    public static ChunkAppender Appender(this EmbeddedConnection connection, string table, params string[] columns)
    {
        if (columns.Length > 0)
        {
            return new ChunkAppender(connection, table, columns);
        }

        using var command = connection.Command(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = $1 ORDER BY column_index",
            table
        );
        var names = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                names.Add(reader.GetString(0));
            }
        }

        return new ChunkAppender(connection, table, names);
    }
}
