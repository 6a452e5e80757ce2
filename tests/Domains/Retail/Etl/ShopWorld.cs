using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;

namespace Tradepost.Retail.Tests.Etl;

/// <summary>A small generated shop that a test may change by SQL, and the clock that its world goes by.</summary>
internal abstract class ShopWorld : IAsyncDisposable
{
    /// <summary>Long past by any clock: MariaDB has its own, and no order may lie in its future.</summary>
    public static readonly DateOnly Until = new(2025, 7, 1);

    public abstract TimeProvider Time { get; }

    public abstract ShopSources Sources { get; }

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>A time as a literal in the SQL of either kind of source.</summary>
    public static string Literal(DateTime time) => $"'{time.ToString("yyyy-MM-dd HH:mm:ss.ffffff")}'";

    public string NowLiteral => Literal(Now);

    public abstract Task<DbConnection> OpenAsync(string database);

    public Task AuthAsync(string sql) => ExecuteAsync(Shop.Auth, sql);

    public Task CatalogAsync(string sql) => ExecuteAsync(Shop.Catalog, sql);

    public Task OrdersAsync(string sql) => ExecuteAsync(Shop.OrderDatabase, sql);

    public Task PaymentsAsync(string sql) => ExecuteAsync(Shop.PaymentDatabase, sql);

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await connection.ExecuteAsync(sql, parameters: null, Token);
    }

    public async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        return (await connection.ScalarAsync<T>(sql, parameters: null, Token))!;
    }

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        return await connection.QueryAsync<T>(sql, parameters: null, Token);
    }

    public abstract ValueTask DisposeAsync();
}
