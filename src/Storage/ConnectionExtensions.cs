using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Tradepost.Storage;

/// <summary>The few shapes in which SQL is run: no time limit of its own, ended by the token.</summary>
/// <remarks>
/// Parameters are the properties of an object, as Dapper takes them. Dapper compiles code for every new statement, some ten
/// milliseconds each; where a run has hundreds of statements that each run once, they go past it.
/// </remarks>
public static class ConnectionExtensions
{
    public static async Task<int> ExecuteAsync(
        this DbConnection connection,
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<T?> ScalarAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, sql, parameters);
        var value = await command.ExecuteScalarAsync(cancellationToken);
        return value switch
        {
            null or DBNull => default,
            T exact => exact,
            System.Numerics.BigInteger wide => (T)Convert.ChangeType((decimal)wide, Underlying<T>(), CultureInfo.InvariantCulture),
            _ => (T)Convert.ChangeType(value, Underlying<T>(), CultureInfo.InvariantCulture),
        };
    }

    /// <summary>Rows made by a function that reads one.</summary>
    public static Task<IReadOnlyList<T>> ReadAsync<T>(
        this DbConnection connection,
        string sql,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    ) => connection.ReadAsync(sql, parameters: null, read, cancellationToken);

    /// <inheritdoc cref="ReadAsync{T}(DbConnection, string, Func{DbDataReader, T}, CancellationToken)" />
    public static async Task<IReadOnlyList<T>> ReadAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken
    )
    {
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Rows mapped by the names of their columns.</summary>
    public static async Task<IReadOnlyList<T>> QueryAsync<T>(
        this DbConnection connection,
        string sql,
        object? parameters,
        CancellationToken cancellationToken
    ) =>
        (
            await SqlMapper.QueryAsync<T>(
                connection,
                new CommandDefinition(
                    sql,
                    parameters,
                    commandTimeout: 0,
                    commandType: CommandType.Text,
                    cancellationToken: cancellationToken
                )
            )
        ).AsList();

    private static DbCommand Command(DbConnection connection, string sql, object? parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        var values =
            parameters as IEnumerable<KeyValuePair<string, object?>>
            ?? parameters?.GetType().GetProperties().Select(property => KeyValuePair.Create(property.Name, property.GetValue(parameters)));
        foreach (var (name, value) in values ?? [])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static Type Underlying<T>() => Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
}
