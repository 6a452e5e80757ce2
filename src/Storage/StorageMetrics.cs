using System.Diagnostics;
using System.Diagnostics.Metrics;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage;

/// <summary>What stores tell about their work: meter and activities named <c>Tradepost.Storage</c>.</summary>
internal static class StorageMetrics
{
    private const string Name = "Tradepost.Storage";
    private const string Store = "store";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> BulkRows = Meter.CreateCounter<long>(
        "tradepost.storage.bulk.rows",
        "{row}",
        "Rows written in bulk."
    );

    private static readonly Histogram<double> Queries = Meter.CreateHistogram<double>(
        "tradepost.storage.query.duration",
        "s",
        "How long read-only queries of users took, by how they ended."
    );

    private static readonly UpDownCounter<long> ActiveQueries = Meter.CreateUpDownCounter<long>(
        "tradepost.storage.queries.active",
        "{query}",
        "Read-only queries of users that run now."
    );

    private static readonly Histogram<double> Openings = Meter.CreateHistogram<double>(
        "tradepost.storage.connection.open.duration",
        "s",
        "How long it took to get a connection, waits for a place in the pool included."
    );

    private static readonly Counter<long> FailedOpenings = Meter.CreateCounter<long>(
        "tradepost.storage.connection.failures",
        "{failure}",
        "Connections that could not be opened."
    );

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "tradepost.retries",
        "{retry}",
        "Attempts that failed for a passing reason and were followed by another."
    );

    public static ActivitySource Activities { get; } = new(Name);

    public static void OnBulkWritten(string store, long rows) => BulkRows.Add(rows, KeyValuePair.Create<string, object?>(Store, store));

    public static void OnQuery(Dialect dialect) => ActiveQueries.Add(1, KeyValuePair.Create<string, object?>(Store, dialect.Name));

    public static void OnQueried(Dialect dialect, string outcome, TimeSpan took)
    {
        ActiveQueries.Add(-1, KeyValuePair.Create<string, object?>(Store, dialect.Name));
        Queries.Record(
            took.TotalSeconds,
            KeyValuePair.Create<string, object?>(Store, dialect.Name),
            KeyValuePair.Create<string, object?>("outcome", outcome)
        );
    }

    public static void OnOpened(Dialect dialect, TimeSpan took) =>
        Openings.Record(took.TotalSeconds, KeyValuePair.Create<string, object?>(Store, dialect.Name));

    public static void OnRetry(string operation) => Retries.Add(1, KeyValuePair.Create<string, object?>("operation", operation));

    public static void OnNotOpened(Dialect dialect) => FailedOpenings.Add(1, KeyValuePair.Create<string, object?>(Store, dialect.Name));
}
