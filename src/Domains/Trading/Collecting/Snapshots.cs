using System.Net;
using Tradepost.Trading.Exchanges;

namespace Tradepost.Trading.Collecting;

/// <summary>Fetches snapshots of order books from an exchange's REST interface, one at a time.</summary>
internal sealed class Snapshots(Exchange exchange, HttpClient http) : IDisposable
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);

    public async Task<BookSnapshot> FetchAsync(string symbol)
    {
        await turn.WaitAsync();
        try
        {
            using var answer = await http.GetAsync(exchange.SnapshotAddress(symbol));

            // 418 is Binance's word for an address that went on after a 429.
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or (HttpStatusCode)418)
            {
                throw new RetryLaterException($"{exchange.Name} answered {(int)answer.StatusCode} for {symbol}", answer.Headers.RetryAfter?.Delta ?? UsualPause);
            }

            answer.EnsureSuccessStatusCode();
            return exchange.ReadSnapshot(await answer.Content.ReadAsByteArrayAsync());
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
