using System.Data.Common;
using Tradepost.Retail.Generation;
using Tradepost.Storage;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>Four empty databases for a test.</summary>
internal abstract class TestShop
{
    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public abstract ShopTarget Target { get; }

    public abstract Task<DbConnection> OpenAsync(string database, CancellationToken cancellationToken);

    public Task<GenerateResult> GenerateAsync(ShopOptions options, bool force = false) =>
        new ShopGenerator(options, TimeProvider.System).GenerateAsync(Target, force, Token);

    public Task<AdvanceResult> AdvanceAsync(int days) => new ShopSimulator(OpenAsync, ShopOptions.DefaultSeed).AdvanceAsync(days, Token);

    public async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database, Token);
        await connection.ExecuteAsync(sql, parameters: null, Token);
    }

    public async Task<T> ScalarAsync<T>(string database, string sql)
    {
        await using var connection = await OpenAsync(database, Token);
        return (await connection.ScalarAsync<T>(sql, parameters: null, Token))!;
    }

    /// <summary>All rows as text, as <see cref="MemoryShop.Lines"/> writes them.</summary>
    public async Task<IReadOnlyList<string>> LinesAsync(string database, string table)
    {
        await using var connection = await OpenAsync(database, Token);
        return await DatabaseLines.ReadAsync(connection, ShopTable.Of(database).Single(t => t.Name == table));
    }
}
