using System.Text.Json;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>A symbol's order book as everybody who watches it is shown it.</summary>
internal sealed class ShownDepth(string exchange, string symbol, LiveBoard board, JsonSerializerOptions json)
{
    private readonly Lock gate = new();
    private (DepthState State, long UpdateId)? known;
    private (byte[] Json, long Version) shown = ([], 0);

    public string Exchange => exchange;

    public string Symbol => symbol;

    /// <summary>How many watch it; changed under the publisher's lock alone.</summary>
    public int Watchers { get; set; }

    /// <summary>Looks at the book; true when it is another than before.</summary>
    public async Task<bool> UpdateAsync(CancellationToken cancellationToken)
    {
        if (await board.DepthAsync(exchange, symbol, known, cancellationToken) is not { } depth)
        {
            return false;
        }

        var written = JsonSerializer.SerializeToUtf8Bytes(depth, json);
        lock (gate)
        {
            known = (depth.State, depth.UpdateId);
            shown = (written, shown.Version + 1);
        }

        return true;
    }

    /// <summary>The book as it is, when it is newer than a version.</summary>
    public (byte[] Json, long Version)? Since(long seen)
    {
        lock (gate)
        {
            return shown.Version > seen ? shown : null;
        }
    }
}
