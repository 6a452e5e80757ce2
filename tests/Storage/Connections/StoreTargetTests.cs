using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class StoreTargetTests
{
    [Theory]
    [InlineData("duckdb:///srv/shop.duckdb", typeof(DuckDbStore))]
    [InlineData("postgresql://u:p@h/d", typeof(PostgresStore))]
    public async Task The_settings_choose_the_store(string url, Type expected)
    {
        var settings = Settings.Load(
            new SettingSources(new Dictionary<string, string>(), new Dictionary<string, string> { ["DATABASE_URL"] = url }, "/", _ => null)
        );

        await using var store = settings.Store.Open(TimeProvider.System);

        store.ShouldBeOfType(expected);
        store.Description.ShouldNotContain(":p@");
    }
}
