using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Jobs.Runs;
using Tradepost.Marketplace.Sales.Market;
using Tradepost.Storage;
using Tradepost.Storage.Loading;
using Tradepost.Training.Registry;

namespace Tradepost.Marketplace.Sales;

/// <summary>Estimates what every product sells, as of a day: learns from known sales, judges that on the past, and writes one row a product.</summary>
internal static partial class SalesJob
{
    public const string Name = "marketplace.sales";

    /// <summary>Rows of the result itself.</summary>
    public const int MostRows = 1000;

    private const int RowsOfProgress = 1 << 16;
    private const int BatchesAhead = 8;

    public static async Task<SalesResult> RunAsync(SalesOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var horizons = options.Horizons();
        using var file = SalesFile.Begin(options.Out);
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        if (context.Run?.AskedHow == AskedHow.Schedule && await SalesDay.FindAsync(connection, options.Day, cancellationToken) is null)
        {
            LogNothing(context.Logger);
            return SalesResult.Nothing(options.Day ?? DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime));
        }

        var day = await SalesDay.GetAsync(connection, options.Day, cancellationToken);

        context.Progress.Report(new JobProgress("learning"));
        var (history, truth) = await new SalesHistoryReader(connection, SalesDay.Earliest, day).ReadAsync(options.Truth, cancellationToken);
        var learned = truth is null ? null : LearnedSales.Of(history);
        var backtest = learned?.Judge(RecentReviews.Days, cancellationToken) is { Windows: > 0 } judged
            ? judged with
            {
                Truth = truth,
            }
            : null;
        var estimator = new SalesEstimator(learned, day, horizons, cancellationToken);

        context.Progress.Report(new JobProgress("reading"));
        var seen = new SeenProducts(context.Store, connection, day);
        await seen.GatherAsync(cancellationToken);
        var market = await MarketSurvey.ReadAsync(context.Store, connection, truth is null ? null : history, day, cancellationToken);
        var rows = new EstimatedRows(estimator, seen, file, context.Progress);
        var version = await new ModelRegistry(context.Store, context.Time).TransactAsync(
            async change =>
            {
                var number = learned is null ? 0 : await SalesVersion.RegisterAsync(change, learned, backtest, context, cancellationToken);
                await WriteAsync(context.Store, change.Connection, rows, day, number, cancellationToken);
                await SalesReports.KeepAsync(change.Connection, number, backtest, cancellationToken);
                await market.WriteAsync(change.Connection, number, cancellationToken);
                await context.PublishAsync(change.Connection, cancellationToken);
                return number;
            },
            cancellationToken
        );
        file?.Complete();
        return new SalesResult
        {
            Products = rows.Products,
            Estimated = rows.Estimated,
            NotEnoughData = rows.Products - rows.Estimated,
            Date = day,
            Truth = truth,
            ModelVersion = version,
            Backtest = backtest,
            Rows = rows.First,
        };
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "No product was seen yet, so that there is nothing to estimate; `tradepost marketplace load FILE` loads some."
    )]
    private static partial void LogNothing(ILogger logger);

    private static async Task WriteAsync(
        Store store,
        DbConnection connection,
        EstimatedRows rows,
        DateOnly day,
        int version,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync(
            $"DELETE FROM {SalesTable.Name} WHERE \"date\" = @day AND model_version = @version",
            new { day, version },
            cancellationToken
        );
        await using var writer = await store.BeginBulkWriteAsync(connection, SalesTable.Name, SalesTable.Columns, cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<RowBatch>(BatchesAhead);
        var estimating = Task.Run(() => EstimateAsync(rows, batches.Writer, version, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                await writer.WriteAsync(batch, cancellationToken);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await estimating;
        }

        await writer.CompleteAsync(cancellationToken);
    }

    /// <summary>Estimates ahead of the writer; a failure comes out of the channel.</summary>
    private static async Task EstimateAsync(
        EstimatedRows rows,
        ChannelWriter<RowBatch> batches,
        int version,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var batch = new RowBatch(SalesTable.Columns);
            await foreach (var row in rows.ReadAsync(cancellationToken))
            {
                SalesTable.Add(batch, row, version);
                if (batch.IsFull)
                {
                    await batches.WriteAsync(batch, cancellationToken);
                    batch = new RowBatch(SalesTable.Columns);
                }
            }

            await batches.WriteAsync(batch, cancellationToken);
            batches.Complete();
        }
        catch (Exception failure)
        {
            batches.Complete(failure);
        }
    }

    /// <summary>The estimates one after the other, counted on their way into the store.</summary>
    private sealed class EstimatedRows(SalesEstimator estimator, SeenProducts seen, SalesFile? file, IProgress<JobProgress> progress)
    {
        public int Products { get; private set; }

        public int Estimated { get; private set; }

        public List<SalesRow> First { get; } = [];

        public async IAsyncEnumerable<SalesRow> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var product in seen.ReadAsync(cancellationToken))
            {
                var row = estimator.Estimate(product);
                Estimated += row.Units is null ? 0 : 1;
                if (Products++ < MostRows)
                {
                    First.Add(row);
                }

                file?.Write(row);
                if (Products % RowsOfProgress == 0)
                {
                    progress.Report(new JobProgress("estimating", Products));
                }

                yield return row;
            }
        }
    }
}
