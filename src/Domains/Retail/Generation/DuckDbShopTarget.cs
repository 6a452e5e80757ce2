using System.Data.Common;
using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>Four embedded databases in a folder: written beside the ones that are there, which they replace at the end.</summary>
internal sealed class DuckDbShopTarget(string folder) : ShopTarget
{
    private const string Unfinished = ".new";

    /// <summary>Where one of the four databases is.</summary>
    public static string PathOf(string folder, string database) => Path.Combine(folder, $"{database}.duckdb");

    public override async Task CheckAsync(bool force, CancellationToken cancellationToken)
    {
        foreach (var path in ShopTable.Databases.Select(database => PathOf(folder, database)).Where(path => !force && File.Exists(path)))
        {
            await CheckAsync(path, cancellationToken);
        }
    }

    public override async Task<ShopWriter> CreateAsync(string database, ShopOptions options, CancellationToken cancellationToken)
    {
        var path = PathOf(folder, database) + Unfinished;
        Delete(path);
        var store = new DuckDbStore(path);
        DbConnection? connection = null;
        try
        {
            connection = await store.OpenAsync(cancellationToken);
            string[] statements = [ShopMarker.Create, ShopMarker.Insert(options), .. ShopSchema.Of(database, ShopSchema.DuckDb).Tables];
            foreach (var statement in statements)
            {
                await connection.ExecuteAsync(statement, parameters: null, cancellationToken);
            }

            return new DuckDbShopWriter(store, connection);
        }
        catch
        {
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            await store.DisposeAsync();
            throw;
        }
    }

    public override void Publish()
    {
        foreach (var path in ShopTable.Databases.Select(database => PathOf(folder, database)))
        {
            DuckDbStore.Replace(path + Unfinished, path);
        }
    }

    public override void Discard()
    {
        foreach (var database in ShopTable.Databases)
        {
            Delete(PathOf(folder, database) + Unfinished);
        }
    }

    private static async Task CheckAsync(string path, CancellationToken cancellationToken)
    {
        await using var store = new DuckDbStore(path);
        await using var connection = await store.OpenAsync(cancellationToken);
        var tables = await connection.QueryAsync<string>(
            "SELECT table_name FROM information_schema.tables ORDER BY table_name",
            parameters: null,
            cancellationToken
        );
        if (tables.Count > 0 && !tables.Contains(ShopMarker.Table))
        {
            throw new ShopExistsException(store.Description, string.Join(", ", tables));
        }
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
            File.Delete(path + ".wal");
        }
    }
}
