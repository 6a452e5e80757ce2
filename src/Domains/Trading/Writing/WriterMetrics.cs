using System.Diagnostics.Metrics;
using Tradepost.Storage;
using Tradepost.Streams.Drains;

namespace Tradepost.Trading.Writing;

/// <summary>What is counted of a log's way into its store, under the name <c>Tradepost.Trading</c>.</summary>
internal static class WriterMetrics
{
    private static readonly Meter Meter = new("Tradepost.Trading");

    private static readonly Counter<long> Written = Meter.CreateCounter<long>(
        "tradepost.trading.quotes.written",
        "{quote}",
        "Quotes and trades that reached their store."
    );

    private static readonly Histogram<double> Lag = Meter.CreateHistogram<double>(
        "tradepost.trading.lag",
        "s",
        "From a quote's arrival to its commit in the store."
    );

    private static readonly Histogram<double> Batch = Meter.CreateHistogram<double>(
        "tradepost.trading.batch.duration",
        "s",
        "How long a batch took to write."
    );

    public static void Note(LogRows rows, TimeSpan took, TimeProvider clock)
    {
        var quotes = rows.Tables[0];
        Written.Add(quotes.Count + rows.Tables[1].Count);
        Batch.Record(took.TotalSeconds);
        if (quotes.Count > 0 && quotes.Table.ArrivalColumn is { } arrival)
        {
            Lag.Record((clock.Microseconds() - quotes.Moments(arrival).First()) / 1e6);
        }
    }
}
