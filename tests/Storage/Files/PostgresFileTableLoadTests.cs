using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Files;

public sealed class PostgresFileTableLoadTests : FileTableLoadTests
{
    protected override async Task<Store> CreateStoreAsync()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        return new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)).Open(TimeProvider.System);
    }
}
