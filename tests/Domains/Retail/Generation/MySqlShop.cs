using System.Data.Common;
using MySqlConnector;
using Tradepost.Retail.Generation;
using Tradepost.Tests.Support;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>Four empty databases on the test's MariaDB.</summary>
internal sealed class MySqlShop(IReadOnlyDictionary<string, string> connectionStrings) : TestShop
{
    public override ShopTarget Target { get; } = new MySqlShopTarget(connectionStrings);

    public static async Task<MySqlShop> CreateAsync()
    {
        var server = await Servers.RequireMariaDbAsync();
        var connectionStrings = new Dictionary<string, string>();
        foreach (var name in ShopTable.Databases)
        {
            connectionStrings[name] = (await server.CreateDatabaseAsync()).ConnectionString;
        }

        return new MySqlShop(connectionStrings);
    }

    public override async Task<DbConnection> OpenAsync(string database, CancellationToken cancellationToken)
    {
        var connection = new MySqlConnection(connectionStrings[database]);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }
}
