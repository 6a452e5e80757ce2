using System.Text.Json;
using Tradepost.Serving.Requests;
using Tradepost.Trading.Watching;

namespace Tradepost.Trading.Routes;

/// <summary>The last quotes as everybody is shown them, each with the version in which it changed.</summary>
internal sealed class ShownQuotes(JsonSerializerOptions json)
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Exchange, string Symbol), (LatestQuote Quote, long Version)> quotes = [];
    private byte[] latest = [];
    private long version;

    /// <summary>How often changes were written as JSON, for whomever.</summary>
    public long Written { get; private set; }

    public long Version
    {
        get
        {
            lock (gate)
            {
                return version;
            }
        }
    }

    /// <summary>Takes quotes that are newer than what is shown; true when there were any.</summary>
    public bool Update(IReadOnlyList<LatestQuote> news)
    {
        lock (gate)
        {
            var changed = news.Where(IsNew).ToList();
            if (changed.Count == 0)
            {
                return false;
            }

            version++;
            foreach (var quote in changed)
            {
                quotes[(quote.Exchange, quote.Symbol)] = (quote, version);
            }

            latest = Write(changed);
            return true;
        }
    }

    /// <summary>
    /// What changed after a version, as JSON; null when nothing did. Who has seen all but the last change shares its bytes.
    /// </summary>
    public (byte[] Changes, long Version)? Since(long seen)
    {
        lock (gate)
        {
            return seen >= version ? null
                : seen == version - 1 ? (latest, version)
                : (Write([.. quotes.Values.Where(shown => shown.Version > seen).Select(shown => shown.Quote)]), version);
        }
    }

    // The store may lag behind what a collector here has brought already.
    private bool IsNew(LatestQuote quote) =>
        !quotes.TryGetValue((quote.Exchange, quote.Symbol), out var shown)
        || quote.ReceivedAt > shown.Quote.ReceivedAt
        || (
            quote.ReceivedAt == shown.Quote.ReceivedAt
            && (quote.At, quote.BidPrice, quote.BidAmount, quote.AskPrice, quote.AskAmount, quote.PerMinute)
                != (
                    shown.Quote.At,
                    shown.Quote.BidPrice,
                    shown.Quote.BidAmount,
                    shown.Quote.AskPrice,
                    shown.Quote.AskAmount,
                    shown.Quote.PerMinute
                )
        );

    private byte[] Write(IReadOnlyList<LatestQuote> changed)
    {
        Written++;
        return JsonSerializer.SerializeToUtf8Bytes(new ItemList<LatestQuote>(changed), json);
    }
}
