using Tradepost.Storage.Connections;

namespace Tradepost.Retail.Verification;

/// <summary>
/// A folder and stores of the deployment's own kind that exist for one verification only: an embedded file beside the data, or
/// databases on the same PostgreSQL server. The deployment's own tables are not touched.
/// </summary>
internal sealed class Scratch(StoreTarget deployment, string dataFolder, DateTimeOffset now) : IAsyncDisposable
{
    private readonly string name = $"verify_{now.ToUnixTimeMilliseconds()}";
    private readonly List<StoreTarget> stores = [];

    public string Folder => Path.Combine(dataFolder, name);

    public string ShopFolder => Path.Combine(Folder, "retail");

    public async Task<StoreTarget> CreateAsync(string suffix, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        var target = await deployment.CreateBesideAsync(Folder, $"{name}_{suffix}", cancellationToken);
        stores.Add(target);
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var store in stores)
        {
            await store.DropAsync(CancellationToken.None);
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
