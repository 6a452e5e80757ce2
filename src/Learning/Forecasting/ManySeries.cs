namespace Tradepost.Learning.Forecasting;

/// <summary>The same work on many series at once; the first that cannot be done is named.</summary>
internal static class ManySeries
{
    public static TResult[] Map<TResult>(
        IReadOnlyList<TimeSeries> series,
        Func<TimeSeries, TResult> work,
        int? parallelism,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(series);
        var results = new TResult[series.Count];
        var failures = new ArgumentException?[series.Count];
        var how = new ParallelOptions
        {
            MaxDegreeOfParallelism = parallelism ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        Parallel.For(0, series.Count, how, i =>
        {
            try
            {
                results[i] = work(series[i]);
            }
            catch (ArgumentException e)
            {
                failures[i] = e;
            }
        });
        var failed = Array.FindIndex(failures, failure => failure is not null);
        return failed < 0
            ? results
            : throw new ArgumentException($"Series {failed}: {failures[failed]!.Message}", nameof(series), failures[failed]);
    }
}
