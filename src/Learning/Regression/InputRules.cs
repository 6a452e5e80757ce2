namespace Tradepost.Learning.Regression;

/// <summary>What estimators ask of the rows they are given; the messages name column, row and value.</summary>
internal static class InputRules
{
    private const int MostThreads = 1024;

    public static void CheckFit(FeatureTable features, ReadOnlySpan<double> target, int least)
    {
        ArgumentNullException.ThrowIfNull(features);
        if (features.Rows < least)
        {
            throw new ArgumentException($"There are {features.Rows} rows; a fit needs at least {least}.", nameof(features));
        }

        if (target.Length != features.Rows)
        {
            throw new ArgumentException($"There are {features.Rows} rows and {target.Length} values of the target.", nameof(target));
        }

        for (var row = 0; row < target.Length; row++)
        {
            if (!double.IsFinite(target[row]))
            {
                throw new ArgumentException($"The target is {target[row]} in row {row}; leave out rows without one.", nameof(target));
            }
        }
    }

    /// <summary>Labels are 0 and 1, and both are there unless one class is enough.</summary>
    public static void CheckLabels(ReadOnlySpan<double> target, bool needsBoth)
    {
        var ones = 0;
        for (var row = 0; row < target.Length; row++)
        {
            if (target[row] is not (0 or 1))
            {
                throw new ArgumentException($"The target is {target[row]} in row {row}; a class is 0 or 1.", nameof(target));
            }

            ones += (int)target[row];
        }

        if (needsBoth && (ones == 0 || ones == target.Length))
        {
            throw new ArgumentException($"The target is {target[0]} in all rows; there is nothing to tell apart.", nameof(target));
        }
    }

    public static void CheckNumbers(FeatureTable features, string argument, CancellationToken cancellationToken)
    {
        CheckNoCategories(features, argument);
        for (var column = 0; column < features.Columns; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = features.Column(column);
            for (var row = 0; row < values.Length; row++)
            {
                if (double.IsNaN(values[row]))
                {
                    throw new ArgumentException(
                        $"The column {features.Names[column]} is missing in row {row}; a linear model takes no missing values.",
                        argument
                    );
                }
            }
        }
    }

    public static void CheckNoCategories(FeatureTable features, string argument)
    {
        for (var column = 0; column < features.Columns; column++)
        {
            if (features.Categorical[column])
            {
                throw new ArgumentException(
                    $"The column {features.Names[column]} holds categories; a linear model takes numbers, such as a column per category.",
                    argument
                );
            }
        }
    }

    public static void CheckPredict(FeatureTable rows, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (!rows.Names.SequenceEqual(names))
        {
            throw new ArgumentException($"The columns are {Some(rows.Names)}; the model was fitted with {Some(names)}.", nameof(rows));
        }
    }

    /// <summary>Threads are made before there is work for them; no machine has more processors than the most.</summary>
    public static void CheckThreads(int? threads) =>
        Require(threads is null or (>= 1 and <= MostThreads), "n_jobs", threads ?? 1, "1 to 1024");

    public static void Require(bool holds, string setting, double value, string expected, string options = "options")
    {
        if (!holds)
        {
            throw new ArgumentException($"The setting {setting} is {value}; expected is {expected}.", options);
        }
    }

    private static string Some(IReadOnlyList<string> names) =>
        names.Count <= 12 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(12))} and {names.Count - 12} more";
}
