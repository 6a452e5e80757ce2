using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Loading;

public sealed class PostgresUpsertTests : UpsertTests
{
    protected override async Task<Store> CreateStoreAsync()
    {
        var database = await (await Servers.RequirePostgresAsync()).CreateDatabaseAsync();
        return new PostgresTarget(PostgresUrl.Parse("DATABASE_URL", database.Url)).Open(TimeProvider.System);
    }
}
