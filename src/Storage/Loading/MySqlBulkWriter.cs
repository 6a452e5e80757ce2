using System.Buffers;
using System.Text;
using MySqlConnector;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// Writes to a MySQL or MariaDB table by INSERT statements of about a megabyte, in one transaction of its own. Foreign keys
/// and unique secondary keys are not checked meanwhile: the rows must be right.
/// </summary>
public sealed class MySqlBulkWriter : BulkWriter
{
    /// <summary>Well below the smallest usual max_allowed_packet (4 MB), whatever the rows of one more batch add.</summary>
    private const int StatementBytes = 1 << 20;

    private readonly MySqlConnection connection;
    private readonly MySqlTransaction transaction;
    private readonly ArrayBufferWriter<byte> text = new(StatementBytes + (StatementBytes / 4));
    private readonly byte[] start;
    private bool isCompleted;

    private MySqlBulkWriter(MySqlConnection connection, MySqlTransaction transaction, string table, IReadOnlyList<Column> columns)
    {
        this.connection = connection;
        this.transaction = transaction;
        start = Encoding.UTF8.GetBytes($"INSERT INTO {Name(table)} ({string.Join(',', columns.Select(c => Name(c.Name)))}) VALUES ");
    }

    /// <summary>Starts a write of these columns on an open connection that has no transaction of its own.</summary>
    public static async Task<MySqlBulkWriter> BeginAsync(
        MySqlConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    )
    {
        // Backslash escapes are what the literals below are written with.
        await ExecuteAsync(
            connection,
            transaction: null,
            "SET SESSION sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''), foreign_key_checks = 0, unique_checks = 0",
            cancellationToken
        );
        return new MySqlBulkWriter(connection, await connection.BeginTransactionAsync(cancellationToken), table, columns);
    }

    public override async ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        for (var row = 0; row < batch.Count; row++)
        {
            text.Write(text.WrittenCount == 0 ? start : ","u8);
            MySqlLiterals.WriteRow(text, batch, row);
            if (text.WrittenCount >= StatementBytes)
            {
                await FlushAsync(cancellationToken);
            }
        }

        Rows += batch.Count;
    }

    public override async ValueTask<long> CompleteAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        isCompleted = true;
        return Rows;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!isCompleted && connection.State == System.Data.ConnectionState.Open)
        {
            await transaction.RollbackAsync();
        }

        await transaction.DisposeAsync();
        if (connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync(
                connection,
                transaction: null,
                "SET SESSION foreign_key_checks = 1, unique_checks = 1",
                CancellationToken.None
            );
        }
    }

    private static string Name(string identifier) => $"`{identifier.Replace("`", "``", StringComparison.Ordinal)}`";

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (text.WrittenCount > 0)
        {
            await ExecuteAsync(connection, transaction, Encoding.UTF8.GetString(text.WrittenSpan), cancellationToken);
            text.ResetWrittenCount();
        }
    }

    private static async Task ExecuteAsync(
        MySqlConnection connection,
        MySqlTransaction? transaction,
        string sql,
        CancellationToken cancellationToken
    )
    {
        await using var command = new MySqlCommand(sql, connection, transaction) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
