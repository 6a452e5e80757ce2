using MySqlConnector;

namespace Tradepost.Retail.Generation;

/// <summary>Four MySQL or MariaDB databases, which exist already.</summary>
/// <param name="connectionStrings">The driver's connection string by the name of the database: auth, catalog, orders, payments.</param>
internal sealed class MySqlShopTarget(IReadOnlyDictionary<string, string> connectionStrings) : ShopTarget
{
    public override async Task CheckAsync(bool force, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var database in ShopTable.Databases)
        {
            await using var connection = await OpenAsync(database, cancellationToken);
            var place =
                $"{connection.Database} on {connection.DataSource}:{new MySqlConnectionStringBuilder(connectionStrings[database]).Port}";
            if (!places.TryAdd(place, database))
            {
                throw new InvalidOperationException(
                    $"The databases {places[place]} and {database} are one and the same, {place}; the shop needs four."
                );
            }

            var existing = await ExistingTablesAsync(connection, cancellationToken);
            var ours = ShopTable.Of(database).Select(t => t.Name).Where(existing.Contains).ToList();
            if (ours.Count > 0 && !existing.Contains(ShopMarker.Table) && !force)
            {
                throw new ShopExistsException($"Database {place}", string.Join(", ", ours));
            }
        }
    }

    public override async Task<ShopWriter> CreateAsync(string database, ShopOptions options, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(database, cancellationToken);
        try
        {
            var schema = ShopSchema.Of(database, ShopSchema.MySql);
            string[] statements =
            [
                "SET SESSION foreign_key_checks = 0",
                .. ShopTable
                    .Of(database)
                    .Reverse()
                    .Select(t => t.Name)
                    .Append(ShopMarker.Table)
                    .Select(name => $"DROP TABLE IF EXISTS `{name}`"),
                ShopMarker.Create,
                ShopMarker.Insert(options),
                .. schema.Tables,
            ];
            foreach (var statement in statements)
            {
                await ExecuteAsync(connection, statement, cancellationToken);
            }

            return new MySqlShopWriter(connection, schema.Later);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    internal static async Task ExecuteAsync(MySqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<HashSet<string>> ExistingTablesAsync(MySqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new MySqlCommand(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE()",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (await reader.ReadAsync(cancellationToken))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    private async Task<MySqlConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(connectionStrings[database]);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
