using System.Collections.Concurrent;
using System.Data.Common;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Sources;
using Tradepost.Tests.Support;

[assembly: AssemblyFixture(typeof(Tradepost.Retail.Tests.Etl.ShopTemplates))]

namespace Tradepost.Retail.Tests.Etl;

/// <summary>Four embedded databases; time stands still until the test moves it.</summary>
internal sealed class EmbeddedShop : ShopWorld
{
    private readonly TemporaryFolder folder = new();

    private EmbeddedShop() =>
        Sources = new ShopSources(
            ShopTable.Databases.ToDictionary(name => name, Source (name) => new DuckDbSource(name, PathOf(name), Clock))
        );

    public ManualTime Clock { get; } = new(new DateTimeOffset(Until, new TimeOnly(8, 0), TimeSpan.Zero));

    public override TimeProvider Time => Clock;

    public override ShopSources Sources { get; }

    public string Folder => folder.Path;

    public static async Task<EmbeddedShop> CreateAsync(int scale = 1, int seed = 42, double dirty = 0)
    {
        var template = await ShopTemplates.GetAsync(
            new ShopOptions
            {
                Scale = scale,
                Seed = seed,
                DirtyShare = dirty,
                Until = Until,
            }
        );
        var shop = new EmbeddedShop();
        foreach (var name in ShopTable.Databases)
        {
            File.Copy(DuckDbShopTarget.PathOf(template, name), shop.PathOf(name));
        }

        return shop;
    }

    public string PathOf(string database) => DuckDbShopTarget.PathOf(Folder, database);

    public override Task<DbConnection> OpenAsync(string database) => DuckDbStore.OpenFileAsync(PathOf(database), Token);

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Shops are generated once for the whole assembly and copied.</summary>
public sealed class ShopTemplates : IDisposable
{
    private static readonly ConcurrentDictionary<ShopOptions, Lazy<Task<TemporaryFolder>>> Templates = new();

    public void Dispose()
    {
        foreach (var template in Templates.Values.Where(template => template.Value.IsCompletedSuccessfully))
        {
            template.Value.Result.Dispose();
        }
    }

    internal static async Task<string> GetAsync(ShopOptions options) =>
        (await Templates.GetOrAdd(options, key => new Lazy<Task<TemporaryFolder>>(() => GenerateAsync(key))).Value).Path;

    private static async Task<TemporaryFolder> GenerateAsync(ShopOptions options)
    {
        var folder = new TemporaryFolder();
        await new ShopGenerator(options, TimeProvider.System).GenerateAsync(
            new DuckDbShopTarget(folder.Path),
            force: false,
            CancellationToken.None
        );
        return folder;
    }
}
