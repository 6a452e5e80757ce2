using System.Data.Common;
using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Migrations;

/// <summary>
/// Makes tables of secrets in the file beside an embedded store and takes over what the store had of their rows. The store drops its
/// own afterwards; so whatever is cut off in between is done again from the rows that are still there.
/// </summary>
internal static partial class SecretsMove
{
    /// <summary>Makes the tables that are missing.</summary>
    public static async Task CreateAsync(Store store, Migration migration, CancellationToken cancellationToken)
    {
        await using var to = await store.Secrets.OpenSessionAsync(cancellationToken);
        foreach (var statement in SqlStatements.Split(migration.Sql))
        {
            await to.ExecuteAsync(statement, parameters: null, cancellationToken);
        }
    }

    /// <summary>Makes the tables and copies the rows; a table that the store has no rows for stays as it is.</summary>
    public static async Task RunAsync(Store store, DbConnection from, Migration migration, CancellationToken cancellationToken)
    {
        await CreateAsync(store, migration, cancellationToken);
        await using var to = await store.Secrets.OpenSessionAsync(cancellationToken);
        foreach (Match copy in Copy().Matches(migration.Sql))
        {
            await CopyAsync(from, to, copy.Groups["table"].Value, copy.Groups["rows"].Value, cancellationToken);
        }

        await to.ExecuteAsync("CHECKPOINT", parameters: null, cancellationToken);
    }

    private static async Task CopyAsync(DbConnection from, DbConnection to, string table, string rows, CancellationToken cancellationToken)
    {
        await using var command = from.CreateCommand();
        command.CommandText = rows;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!reader.HasRows)
        {
            return;
        }

        // Committed before the copy: within one transaction, DuckDB takes a deleted key for one that is still there.
        var target = $"{PrivateSchema.Name}.{Sql.Name(table)}";
        await to.ExecuteAsync($"DELETE FROM {target}", parameters: null, cancellationToken);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
        var insert = $"INSERT INTO {target} ({Sql.Names(columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})";
        await using var transaction = await to.BeginTransactionAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var values = new object[columns.Count];
            reader.GetValues(values);
            await SchemaHistory.ExecuteAsync(to, transaction, insert, values, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    [GeneratedRegex(
        @"^-- copy (?<table>\w+): (?<rows>SELECT [^\r\n]+)\r?$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Copy();
}
