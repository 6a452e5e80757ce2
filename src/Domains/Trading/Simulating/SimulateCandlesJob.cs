using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Trading.Candles;
using Tradepost.Trading.Collecting;

namespace Tradepost.Trading.Simulating;

/// <summary>Simulates hourly candles into the store.</summary>
internal static class SimulateCandlesJob
{
    public const string Name = "trading.simulate";

    public static async Task<SimulateCandlesResult> RunAsync(
        SimulateCandlesOptions options,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        var to = Timeframe.Hour.Floor(context.Time.Microseconds());
        var from = Math.Max(SimulatedCandles.Beginning, to - (options.Days * Moment.Day));
        var made = new SimulatedCandles(options.Seed).Make(options.Symbols, from, to);
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var changed = 0L;
        foreach (var (i, candles) in made.Index())
        {
            var key = new CandleKey(CollectService.Simulator, SymbolOf(i), Timeframe.Hour, CandleKey.File);
            changed += await CandleTable.WriteAsync(context.Store, connection, key, candles, cancellationToken);
        }

        await context.PublishAsync(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new SimulateCandlesResult(
            [.. made.Select((_, i) => SymbolOf(i))],
            Moment.ToDateTime(from),
            Moment.ToDateTime(to),
            made.Sum(candles => (long)candles.Count),
            changed
        );
    }

    /// <summary>Others than those of the simulated exchange, whose prices are others too.</summary>
    private static string SymbolOf(int index) => $"SIMCOIN{index + 1}";
}

/// <summary>What to simulate.</summary>
public sealed record SimulateCandlesOptions
{
    [Description("How many symbols there are.")]
    [Range(1, 20)]
    public int Symbols { get; init; } = 2;

    [Description("How many days there are, up to the last full hour; none before 2020.")]
    [Range(1, 3_660)]
    public int Days { get; init; } = 365;

    [Description("Which of all simulations: the same seed and number of symbols give the same prices.")]
    [Range(0, int.MaxValue)]
    public int Seed { get; init; } = 1;
}

/// <summary>What was simulated.</summary>
/// <param name="From">Where the first hour begins (UTC).</param>
/// <param name="To">Where the last hour ends (UTC).</param>
/// <param name="Candles">Hours of symbols; some are missing.</param>
/// <param name="Changed">Candles that are new or others than before.</param>
public sealed record SimulateCandlesResult(IReadOnlyList<string> Symbols, DateTime From, DateTime To, long Candles, long Changed);
