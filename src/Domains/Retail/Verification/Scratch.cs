using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Retail.Verification;

/// <summary>
/// A folder and stores of the deployment's own kind that exist for one verification only: an embedded file beside the data, or
/// databases on the same PostgreSQL server. The deployment's own tables are not touched.
/// </summary>
internal sealed class Scratch(StoreTarget deployment, string dataFolder, DateTimeOffset now) : IAsyncDisposable
{
    private readonly string name = $"verify_{now.ToUnixTimeMilliseconds()}";
    private readonly List<PostgresTarget> databases = [];

    public string Folder => Path.Combine(dataFolder, name);

    public string ShopFolder => Path.Combine(Folder, "retail");

    public async Task<StoreTarget> CreateAsync(string suffix, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Folder);
        if (deployment is not PostgresTarget server)
        {
            return new EmbeddedTarget(Path.Combine(Folder, $"{suffix}.duckdb"));
        }

        var target = PostgresDatabase.Sibling(server, $"tradepost_{name}_{suffix}");
        await PostgresDatabase.CreateIfMissingAsync(target, cancellationToken);
        databases.Add(target);
        return target;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
        {
            await PostgresDatabase.DropAsync(database, CancellationToken.None);
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
