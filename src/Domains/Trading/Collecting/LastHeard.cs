using Tradepost.Streams;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Collecting;

/// <summary>
/// When each stream was heard last, from the end of the log: where a collector that was stopped has to say that something may be missing.
/// </summary>
/// <param name="Streams">The streams that the end of the log has, each with its updates in the order of the log.</param>
/// <param name="Any">When anything of an exchange was recorded last, for streams that are not among them.</param>
internal sealed record LastHeard(
    IReadOnlyDictionary<(string Exchange, string Symbol, string Kind), List<LastHeard.Update>> Streams,
    IReadOnlyDictionary<string, long> Any
)
{
    private const long Newest = 200_000;

    public static async Task<LastHeard> ReadAsync(DurableLog log, CancellationToken cancellationToken)
    {
        var heard = new Dictionary<(string, string, string), List<Update>>();
        var any = new Dictionary<string, long>(StringComparer.Ordinal);
        var records = new QuoteRecords();
        using var reader = log.Read("last-heard", Math.Max(log.First, log.Durable - Newest));
        var batch = new LogBatch();
        while (reader.Position < log.Durable && await reader.ReadAsync(batch, cancellationToken))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                switch (QuoteRecords.KindOf(batch[i]))
                {
                    case RecordKind.Quote when records.ReadQuote(batch[i]) is var quote:
                        Note((quote.Exchange, quote.Symbol, "quotes"), new Update(quote.LocalTimestamp, quote.Timestamp, quote.UpdateId));
                        break;
                    case RecordKind.Trade when records.ReadTrade(batch[i]) is var trade:
                        Note((trade.Exchange, trade.Symbol, "trades"), new Update(trade.LocalTimestamp, trade.Timestamp, trade.Id));
                        break;
                }
            }
        }

        log.Forget("last-heard");
        return new LastHeard(heard, any);

        void Note((string Exchange, string Symbol, string Kind) stream, Update update)
        {
            any[stream.Exchange] = Math.Max(update.Local, any.GetValueOrDefault(stream.Exchange));
            if (!heard.TryGetValue(stream, out var updates))
            {
                heard[stream] = updates = [];
            }

            updates.Add(update);
        }
    }

    /// <summary>An update that was recorded: when it came, the exchange's time and its number.</summary>
    internal readonly record struct Update(long Local, long Timestamp, long Id);
}
