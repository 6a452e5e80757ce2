namespace Tradepost.Trading.Returns.Walking;

/// <summary>Rows to train on and rows to judge by, as numbers of rows; the ends are not among them.</summary>
/// <param name="Number">Counts from 0.</param>
internal readonly record struct FoldWindow(int Number, int TrainFrom, int TrainTo, int TestFrom, int TestTo)
{
    /// <summary>
    /// The folds of a series from its first row on, so that they are the same however long it is: train [s − W, s − h − e), test [s, s +
    /// S), the last one as far as there are rows.
    /// </summary>
    public static IReadOnlyList<FoldWindow> Of(int rows, int horizon, WalkSettings settings)
    {
        var windows = new List<FoldWindow>();
        for (var start = settings.TrainHours; start < rows; start += settings.TestHours)
        {
            windows.Add(
                new FoldWindow(
                    windows.Count,
                    start - settings.TrainHours,
                    start - horizon - settings.EmbargoHours,
                    start,
                    Math.Min(start + settings.TestHours, rows)
                )
            );
        }

        return windows;
    }
}
