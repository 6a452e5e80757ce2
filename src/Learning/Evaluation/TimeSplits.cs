namespace Tradepost.Learning.Evaluation;

/// <summary>Splits of rows in the order of time that let nothing of the judged rows into the fit.</summary>
public static class TimeSplits
{
    /// <summary>Fits on the past, judges by what follows; the tests are the last rows, in blocks of one size, one after another.</summary>
    /// <param name="rows">How many there are.</param>
    /// <param name="folds">Blocks; at least 1.</param>
    /// <param name="testSize">Rows of each block; at least 1.</param>
    /// <param name="gap">Rows left out between fit and block, such as the horizon of the label; 0 or more.</param>
    /// <param name="maximumTrainSize">The latest so many rows are fitted on; null: all.</param>
    /// <exception cref="ArgumentException">No row would be left to fit the first block on.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Split[] WalkForward(
        int rows,
        int folds,
        int testSize,
        int gap = 0,
        int? maximumTrainSize = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(testSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumTrainSize ?? 1, 1, nameof(maximumTrainSize));
        Size(rows, folds, Math.Min(rows, maximumTrainSize ?? rows) + testSize).Check(nameof(folds));
        var splits = new Split[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var test = rows - ((folds - fold) * testSize);
            var end = test - gap;
            if (end < 1)
            {
                throw new ArgumentException(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{rows} rows are too few for {folds} blocks of {testSize} with a gap of {gap}."
                    ),
                    nameof(rows)
                );
            }

            var start = Math.Max(0, end - (maximumTrainSize ?? end));
            splits[fold] = new Split([.. Enumerable.Range(start, end - start)], [.. Enumerable.Range(test, testSize)]);
        }

        return splits;
    }

    /// <summary>
    /// K-fold without overlap of labels (M. López de Prado, Advances in Financial Machine Learning, 2018, chapter 7): each block is judged
    /// once; of the other rows those are fitted on whose label's span does not touch the block's, and that do not start within the embargo
    /// after it.
    /// </summary>
    /// <param name="starts">When each row is known, upwards.</param>
    /// <param name="ends">When its label is known; not before its start.</param>
    /// <param name="folds">At least 2, at most as many as rows.</param>
    /// <param name="embargo">How long after a block no row may start; zero or more.</param>
    /// <exception cref="ArgumentException">The lengths differ, the starts are not in order, or a label ends before its start.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Split[] Purged(
        ReadOnlySpan<DateTime> starts,
        ReadOnlySpan<DateTime> ends,
        int folds,
        TimeSpan embargo,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(embargo, TimeSpan.Zero);
        if (starts.Length != ends.Length || starts.Length < folds)
        {
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"There are {starts.Length} starts and {ends.Length} ends for {folds} folds."
                ),
                nameof(ends)
            );
        }

        for (var i = 0; i < starts.Length; i++)
        {
            if (ends[i] < starts[i] || (i > 0 && starts[i] < starts[i - 1]))
            {
                throw new ArgumentException(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"Row {i} starts before the one before it, or its label ends before it starts."
                    ),
                    nameof(starts)
                );
            }
        }

        Size(starts.Length, folds, starts.Length).Check(nameof(folds));
        var splits = new Split[folds];
        for (var fold = 0; fold < folds; fold++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, to) = ((int)((long)starts.Length * fold / folds), (int)((long)starts.Length * (fold + 1) / folds));
            var until = ends[from];
            foreach (var end in ends[from..to])
            {
                until = end > until ? end : until;
            }

            var train = new List<int>();
            for (var i = 0; i < starts.Length; i++)
            {
                // A row whose label is known only as the block starts has seen its first moment.
                if (i < from ? ends[i] < starts[from] : i >= to && starts[i] > until + embargo)
                {
                    train.Add(i);
                }
            }

            splits[fold] = new Split([.. train], [.. Enumerable.Range(from, to - from)]);
        }

        return splits;
    }

    private static WorkSize Size(int rows, int folds, int rowsOfFold) =>
        new()
        {
            Work = WorkSize.Say($"A list of the rows of {folds:N0} splits of {rows:N0} rows"),
            Smaller = "Fewer folds, or a maximum of rows to fit on, take less.",
            Bytes = sizeof(int) * (double)folds * rowsOfFold,
        };
}
