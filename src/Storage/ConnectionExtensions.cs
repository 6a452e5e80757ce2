using System.Data;
using System.Data.Common;
using Dapper;

namespace Tradepost.Storage;

/// <summary>The few shapes in which SQL is run: no time limit of its own, ended by the token.</summary>
public static class ConnectionExtensions
{
    public static Task<int> ExecuteAsync(this DbConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        SqlMapper.ExecuteAsync(connection, Command(sql, parameters, cancellationToken));

    public static async Task<IReadOnlyList<T>> QueryAsync<T>(this DbConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        (await SqlMapper.QueryAsync<T>(connection, Command(sql, parameters, cancellationToken))).AsList();

    public static Task<T?> ScalarAsync<T>(this DbConnection connection, string sql, object? parameters, CancellationToken cancellationToken) =>
        SqlMapper.ExecuteScalarAsync<T>(connection, Command(sql, parameters, cancellationToken));

    // Dapper would take a statement of one word, CHECKPOINT for instance, for the name of a procedure.
    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: 0, commandType: CommandType.Text, cancellationToken: cancellationToken);
}
