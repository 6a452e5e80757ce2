using System.Text;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Trading.Quotes;

namespace Tradepost.Trading.Candles;

/// <summary>Makes candles: of files, or of what was recorded.</summary>
internal static class CandlesJob
{
    public const string Name = "trading.candles";

    public static async Task<CandlesResult> RunAsync(CandlesOptions options, JobContext context, CancellationToken cancellationToken)
    {
        Check(options);
        var files = FileCandles.Find(options);
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        if (files.Count == 0)
        {
            var recorded = await new QuoteCandles(context, connection).MakeAsync(cancellationToken);
            return new CandlesResult([], recorded, recorded.Sum(one => one.Changed));
        }

        var load = new FileCandles(options, context, connection);
        var results = new List<CandleFileResult>();
        foreach (var (i, file) in files.Index())
        {
            context.Progress.Report(new JobProgress($"load {file.File.Name}", i, files.Count));
            results.AddRange(await load.LoadAsync(file, cancellationToken));
        }

        return new CandlesResult(results, [], results.Sum(file => file.Changed));
    }

    private static void Check(CandlesOptions options)
    {
        if (options.Symbol is { } symbol && !Names.IsSymbol(symbol))
        {
            throw new JobFailedException(
                new Sentence($"{nameof(CandlesOptions.Symbol):argument} is '{symbol}'; expected is {Names.ExpectedSymbol}."),
                2
            );
        }

        if (options.Exchange is { } exchange && !Names.IsExchange(Encoding.UTF8.GetBytes(exchange)))
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(CandlesOptions.Exchange):argument} is '{exchange}'; expected is a name of 1 to {Names.LongestExchange} characters without capitals, commas and quotes."
                ),
                2
            );
        }

        var unused =
            options.Exchange is not null ? nameof(CandlesOptions.Exchange)
            : options.Symbol is not null ? nameof(CandlesOptions.Symbol)
            : options.DateFormat is not null ? nameof(CandlesOptions.DateFormat)
            : options.Stamp != CandleStamp.Open ? nameof(CandlesOptions.Stamp)
            : null;
        if (options.Files.Length == 0 && unused is not null)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{unused:argument} is of files, and none was given; name files, or leave it out to make candles of what was recorded."
                ),
                2
            );
        }
    }
}
