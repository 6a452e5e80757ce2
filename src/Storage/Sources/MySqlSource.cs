using System.Globalization;
using MySql.Data.MySqlClient;

namespace Tradepost.Storage.Sources;

/// <summary>A MySQL 8 or MariaDB 10.6+ database, read through a consistent snapshot with the session in UTC.</summary>
/// <param name="name">What the user calls it.</param>
/// <param name="connectionString">MySql.Data's connection string, with zero dates kept readable.</param>
/// <param name="description">Where it is, without the password.</param>
public sealed class MySqlSource(string name, string connectionString, string description) : Source(name)
{
    public override string Description => description;

    public override SourceDialect Dialect { get; } = new MySqlSourceDialect();

    public override async Task<SourceSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await ExecuteAsync(connection, "SET SESSION time_zone = '+00:00', net_write_timeout = 600, group_concat_max_len = 1048576", cancellationToken);
            await ExecuteAsync(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
            await ExecuteAsync(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);
            await using var clock = new MySqlCommand("SELECT DATE_FORMAT(NOW(6), '%Y-%m-%d %H:%i:%s.%f')", connection);
            var now = (string)(await clock.ExecuteScalarAsync(cancellationToken))!;
            return new MySqlSnapshot(this, connection)
            {
                Clock = DateTime.ParseExact(now, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
            };
        }
        catch (Exception failure) when (failure is MySqlException or TimeoutException or System.Net.Sockets.SocketException)
        {
            await connection.DisposeAsync();
            throw new SourceUnavailableException(Name, Description, failure.GetBaseException().Message, failure);
        }
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
