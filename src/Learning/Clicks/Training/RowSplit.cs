using Tradepost.Learning.Clicks.Encoding;

namespace Tradepost.Learning.Clicks.Training;

/// <summary>Which rows are trained on and which judge.</summary>
internal sealed record RowSplit(int[] Training, int[] Validation)
{
    private const int Purpose = 1;

    /// <summary>As the log says, else the last in time, else drawn by the seed.</summary>
    /// <exception cref="ArgumentException">Either part has no click or nothing but clicks.</exception>
    public static RowSplit Of(ClickLog log, ClickOptions options)
    {
        var order = Enumerable.Range(0, log.Count).ToArray();
        int[] training,
            validation;
        if (log.ValidationStart is { } start)
        {
            (training, validation) = (order[..start], order[start..]);
        }
        else
        {
            var times = log.Times.ToArray();
            if (times.Length > 0 && Array.TrueForAll(times, time => time == times[0]))
            {
                Shuffle(order, options.Seed);
            }
            else
            {
                Array.Sort(times, order);
                Stable(times, order);
            }

            var count = Math.Max(1, (int)(log.Count * options.ValidationFraction));
            (training, validation) = (order[..^Math.Min(count, order.Length)], order[^Math.Min(count, order.Length)..]);
            Array.Sort(training);
            Array.Sort(validation);
        }

        Require(log, training, "training");
        Require(log, validation, "validation");
        return new RowSplit(training, validation);
    }

    public static void Shuffle(Span<int> order, long seed, params ReadOnlySpan<long> purpose)
    {
        var random = Keys.Stream(seed, [Purpose, .. purpose]);
        for (var i = order.Length - 1; i > 0; i--)
        {
            var other = random.NextInt(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    /// <summary>Rows of one time keep their order.</summary>
    private static void Stable(double[] times, int[] order)
    {
        for (var from = 0; from < times.Length; )
        {
            var to = from + 1;
            while (to < times.Length && times[to] == times[from])
            {
                to++;
            }

            Array.Sort(order, from, to - from);
            from = to;
        }
    }

    private static void Require(ClickLog log, int[] rows, string which)
    {
        var labels = log.Labels.ToArray();
        var clicks = rows.Count(row => labels[row] == 1);
        if (rows.Length == 0)
        {
            throw new ArgumentException($"There are no {which} rows.", nameof(log));
        }

        if (clicks == 0 || clicks == rows.Length)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"All {rows.Length:N0} {which} rows have the label {(clicks == 0 ? 0 : 1)}; there is nothing to tell apart."
                ),
                nameof(log)
            );
        }
    }
}
