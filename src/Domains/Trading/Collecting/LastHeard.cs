using Tradepost.Streams;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>When each stream was heard last, from the end of the log: where a collector that was stopped has to say that something may be missing.</summary>
/// <param name="Streams">The streams that the end of the log has.</param>
/// <param name="Any">When anything was recorded last, for streams that are not among them; null for a log that was never used.</param>
internal sealed record LastHeard(IReadOnlyDictionary<(string Symbol, string Kind), (long Local, List<long> Ids)> Streams, long? Any)
{
    private const long Newest = 200_000;

    public static async Task<LastHeard> ReadAsync(DurableLog log, string exchange, CancellationToken cancellationToken)
    {
        var heard = new Dictionary<(string, string), (long Local, List<long> Ids)>();
        var records = new QuoteRecords();
        using var reader = log.Read("last-heard", Math.Max(log.First, log.Durable - Newest));
        var batch = new LogBatch();
        while (reader.Position < log.Durable && await reader.ReadAsync(batch, cancellationToken))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                switch (QuoteRecords.KindOf(batch[i]))
                {
                    case RecordKind.Quote when records.ReadQuote(batch[i]) is var quote && quote.Exchange == exchange:
                        Note(heard, (quote.Symbol, "quotes"), quote.LocalTimestamp, quote.UpdateId);
                        break;
                    case RecordKind.Trade when records.ReadTrade(batch[i]) is var trade && trade.Exchange == exchange:
                        Note(heard, (trade.Symbol, "trades"), trade.LocalTimestamp, trade.Id);
                        break;
                }
            }
        }

        log.Forget("last-heard");
        return new LastHeard(heard, heard.Count > 0 ? heard.Values.Max(stream => stream.Local) : null);
    }

    private static void Note(Dictionary<(string, string), (long Local, List<long> Ids)> heard, (string, string) stream, long local, long id)
    {
        var ids = heard.TryGetValue(stream, out var before) ? before.Ids : [];
        ids.Add(id);
        heard[stream] = (local, ids);
    }
}
