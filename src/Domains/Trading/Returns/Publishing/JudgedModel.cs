using Tradepost.Trading.Returns.Figures;
using Tradepost.Trading.Returns.Intervals;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>A method on a walk, with its intervals and figures.</summary>
internal sealed class JudgedModel
{
    private readonly FigureReckoner reckoner;

    private JudgedModel(ReturnWalk walk, ReturnMethod method, WalkIntervals intervals, WalkSettings settings)
    {
        (Walk, Method, Intervals) = (walk, method, intervals);
        reckoner = new FigureReckoner(settings, walk.Horizon);
        Judged = new JudgedReturns(
            [.. walk.Rows.Select(row => walk.Series.Times[row])],
            walk.Actual,
            walk.Forecasts[method],
            walk.TrainMeans,
            intervals.Lower,
            intervals.Upper
        );
        Figures = reckoner.Of(Judged);
    }

    public ReturnWalk Walk { get; }

    public ReturnMethod Method { get; }

    public WalkIntervals Intervals { get; }

    public JudgedReturns Judged { get; }

    /// <summary>Over the whole walk.</summary>
    public ReturnFigures Figures { get; }

    public ReturnModelName Name => new(Method, Walk.Horizon);

    /// <summary>Judges the methods of walks that have rows, in their order.</summary>
    public static IReadOnlyList<JudgedModel> Of(IReadOnlyList<ReturnWalk> walks, WalkSettings settings, CancellationToken cancellationToken)
    {
        var known = walks
            .Select(walk => (Walk: walk, Volatility: RealisedVolatility.Of(walk.Series), Labels: LogReturns.Of(walk.Series, walk.Horizon)))
            .ToArray();
        var all = known
            .SelectMany(one => one.Walk.Forecasts.Keys.Select(method => (one.Walk, one.Volatility, one.Labels, Method: method)))
            .ToArray();
        var judged = new JudgedModel[all.Length];
        Parallel.For(0, all.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            var (walk, volatility, labels, method) = all[i];
            var intervals = WalkIntervals.Of(walk, walk.Forecasts[method], volatility, labels, settings.IntervalWidth);
            judged[i] = new JudgedModel(walk, method, intervals, settings);
        });
        return judged;
    }

    /// <summary>The figures of each fold with known outcomes.</summary>
    public IEnumerable<(WalkedFold Fold, ReturnFigures Figures)> OfFolds()
    {
        for (var from = 0; from < Walk.Rows.Length; )
        {
            var (number, to) = (Walk.FoldNumbers[from], from);
            while (to < Walk.Rows.Length && Walk.FoldNumbers[to] == number)
            {
                to++;
            }

            yield return (Walk.Folds.First(fold => fold.Window.Number == number), reckoner.Of(Judged.Slice(from..to)));
            from = to;
        }
    }
}
