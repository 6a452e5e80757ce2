using System.Globalization;
using MySqlConnector;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Probes;

namespace Tradepost.Storage.Sources;

/// <summary>A MySQL 8 or MariaDB 10.6+ database, read through a consistent snapshot with the session in UTC.</summary>
/// <param name="name">What the user calls it.</param>
/// <param name="connectionString">As <see cref="Connections.MySqlUrl"/> writes it, with every value kept as the server has it.</param>
/// <param name="description">Where it is, without the password.</param>
public sealed class MySqlSource(string name, string connectionString, string description) : Source(name)
{
    private const string ZoneMinutes = "TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(), NOW())";

    /// <summary>The zone of times in columns without one; null: not known, they are taken as UTC.</summary>
    public string? Zone { get; init; }

    public override string Description => description;

    public override SourceDialect Dialect => new MySqlSourceDialect(Zone is MySqlUrl.Utc ? null : Zone);

    public override async Task<SourceSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var zone = new MySqlCommand($"SELECT {ZoneMinutes}", connection); // before the session has one of its own
            var minutes = Convert.ToInt64(await zone.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
            await ExecuteAsync(
                connection,
                "SET SESSION time_zone = '+00:00', net_write_timeout = 600, group_concat_max_len = 1048576",
                cancellationToken
            );
            await CheckZoneAsync(connection, cancellationToken);
            await ExecuteAsync(connection, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ", cancellationToken);
            await ExecuteAsync(connection, "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY", cancellationToken);
            await using var clock = new MySqlCommand("SELECT DATE_FORMAT(NOW(6), '%Y-%m-%d %H:%i:%s.%f')", connection);
            var now = (string)(await clock.ExecuteScalarAsync(cancellationToken))!;
            return new MySqlSnapshot(this, connection)
            {
                Clock = DateTime.ParseExact(now, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
                ZoneOffset = Zone is null ? TimeSpan.FromMinutes(minutes) : TimeSpan.Zero,
            };
        }
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            await connection.DisposeAsync();
            throw new SourceUnavailableException(Name, Description, MySqlFailures.ReasonOf(failure), failure);
        }
    }

    public override async Task<SourceProbe> ProbeAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        await using var connection = new MySqlConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await CheckZoneAsync(connection, cancellationToken);
            var answers = new List<string>();
            await using var command = new MySqlCommand(
                $"SELECT VERSION() UNION ALL SELECT @@global.time_zone UNION ALL SELECT CAST({ZoneMinutes} AS char) UNION ALL SELECT "
                    + "DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%d %H:%i:%s.%f') UNION ALL SELECT table_name FROM information_schema.tables "
                    + "WHERE table_schema = DATABASE()",
                connection
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                answers.Add(reader.GetString(0));
            }

            return new SourceProbe(
                answers[0],
                answers[1],
                Zone is null ? TimeSpan.FromMinutes(long.Parse(answers[2], CultureInfo.InvariantCulture)) : TimeSpan.Zero,
                DateTime.ParseExact(answers[3], "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
                [.. tables.Except(answers.Skip(4), StringComparer.OrdinalIgnoreCase)]
            );
        }
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            throw new SourceUnavailableException(Name, Description, MySqlFailures.ReasonOf(failure), failure);
        }
    }

    /// <summary>A server converts to nothing, without a word, from a zone that it does not know.</summary>
    private async Task CheckZoneAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        if (Zone is null or MySqlUrl.Utc)
        {
            return;
        }

        await using var command = new MySqlCommand("SELECT CONVERT_TZ('2020-01-01', @zone, '+00:00') IS NULL", connection);
        command.Parameters.AddWithValue("zone", Zone);
        if (Convert.ToBoolean(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture))
        {
            throw new SourceSchemaException(
                $"Source {Name}: the server at {Description} does not know the time zone {Zone}; load its zones (mysql_tzinfo_to_sql), "
                    + "or give an offset such as +02:00."
            );
        }
    }

    private static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
