using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>Fetches snapshots of order books from an exchange's REST interface, one at a time.</summary>
internal sealed class Snapshots(Exchange exchange, HttpClient http) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);

    public async Task<BookSnapshot> FetchAsync(string symbol, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return exchange.ReadSnapshot(await http.GetByteArrayAsync(exchange.SnapshotAddress(symbol), cancellationToken));
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
