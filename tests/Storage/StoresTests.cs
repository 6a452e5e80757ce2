using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests;

public sealed class StoresTests
{
    [Theory]
    [InlineData("duckdb:///srv/shop.duckdb", typeof(DuckDbStore))]
    [InlineData("postgresql://u:p@h/d", typeof(PostgresStore))]
    public async Task The_settings_choose_the_store(string url, Type expected)
    {
        var settings = Settings.Load(new SettingSources(
            new Dictionary<string, string>(), new Dictionary<string, string> { ["DATABASE_URL"] = url }, "/", _ => null));

        await using var store = Stores.Create(settings.Store, TimeProvider.System);

        store.ShouldBeOfType(expected);
        store.Description.ShouldNotContain(":p@");
    }
}
