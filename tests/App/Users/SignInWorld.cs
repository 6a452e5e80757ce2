using Microsoft.Extensions.DependencyInjection;
using Tradepost.App.Users;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

/// <summary>All that has to do with users, without a server, on an embedded store and a clock of its own.</summary>
internal sealed class SignInWorld : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly ServiceProvider services;

    private SignInWorld(TemporaryFolder folder, ServiceProvider services) => (this.folder, this.services) = (folder, services);

    public required ManualTime Time { get; init; }

    public static async Task<SignInWorld> StartAsync(CancellationToken cancellationToken)
    {
        var home = new TemporaryFolder();
        var settings = Settings.Load(
            new SettingSources(
                new Dictionary<string, string> { [SettingNames.Data] = home.Path },
                new Dictionary<string, string>(),
                home.Path,
                _ => null
            )
        );
        var time = new ManualTime();
        var store = settings.Store.Open(time);
        await new Migrator(store, [UserMigrations.Set], time).MigrateAsync(cancellationToken);
        var collection = new ServiceCollection().AddLogging().AddSingleton(settings).AddSingleton(store).AddSingleton<TimeProvider>(time);
        collection.AddUsers(passwordIterations: 1);
        return new SignInWorld(home, collection.BuildServiceProvider()) { Time = time };
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        var store = Get<Store>();
        await services.DisposeAsync();
        await store.DisposeAsync();
        folder.Dispose();
    }
}
