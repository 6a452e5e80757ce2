namespace Tradepost.DuckDb.Tests;

/// <summary>Short ways to a database for tests.</summary>
internal static class Db
{
    public static DuckDbConnection Open(string connectionString = "")
    {
        var connection = new DuckDbConnection(connectionString);
        connection.Open();
        return connection;
    }

    public static DuckDbCommand Command(this DuckDbConnection connection, string sql, params object?[] parameters)
    {
        var command = new DuckDbCommand(sql, connection);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    public static int Execute(this DuckDbConnection connection, string sql, params object?[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row, read as T.</summary>
    public static T Get<T>(this DuckDbConnection connection, string sql, params object?[] parameters)
    {
        using var command = connection.Command(sql, parameters);
        using var reader = command.ExecuteReader();
        reader.Read().ShouldBeTrue();
        return reader.GetFieldValue<T>(0);
    }
}
