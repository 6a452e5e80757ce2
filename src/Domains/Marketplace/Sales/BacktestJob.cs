using Tradepost.Jobs;

namespace Tradepost.Marketplace.Sales;

/// <summary>Judges estimates of the past, rolling in time and on products never seen, beside two baselines.</summary>
internal static class BacktestJob
{
    public static async Task<BacktestResult> RunAsync(BacktestOptions options, JobContext context, CancellationToken cancellationToken)
    {
        context.Progress.Report(new JobProgress("reading"));
        await using var connection = await context.Store.OpenAsync(cancellationToken);
        var day = await SalesDay.GetAsync(connection, options.Day, cancellationToken);
        var (history, truth) = await new SalesHistoryReader(connection, options.From ?? SalesDay.Earliest, day).ReadAsync(
            options.Truth,
            cancellationToken
        );
        if (truth is null)
        {
            throw new JobFailedException(
                "No true sales are known, so estimates cannot be judged; load some with `tradepost marketplace load FILE --kind sales`."
            );
        }

        context.Progress.Report(new JobProgress("judging"));
        var result = LearnedSales.Of(history).Judge(options.Horizon, cancellationToken) with { Truth = truth };
        return result.Windows > 0
            ? result
            : throw new JobFailedException(
                $"Of the known sales none can be estimated over {options.Horizon} days: {result.NotEnoughData} have too few reviews, the rest are of other periods or of products that were not watched then."
            );
    }
}
