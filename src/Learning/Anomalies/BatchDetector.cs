using Tradepost.Learning.Forecasting;

namespace Tradepost.Learning.Anomalies;

/// <summary>
/// Finds anomalies in a series that is there as a whole: each row is judged by all others, earlier and later. A situation is an anomaly
/// when there is none like it at another time, two long windows away or more; of an anomaly the row that is the farthest from all others is
/// told. Not for what has to be causal: use <see cref="OnlineDetector"/>. Time grows with the rows, memory is about 300 bytes a row, with
/// what it gives. Deterministic and safe for several threads.
/// </summary>
public static class BatchDetector
{
    private const int Features = SituationMemory.Features;
    private const int ExclusionWindows = 2;
    private const int RowsBetweenLooks = 4096;
    private const double BytesOfRow = 300;
    private const double SecondsOfRow = 2e-5;

    /// <summary>Judges the rows of a series.</summary>
    /// <param name="series">One row or more, in the order of time; NaN where a value is missing. Other columns are not used.</param>
    /// <param name="options">Null: the defaults. Memory, hold, restraint, warm-up and forgetting are the online detector's alone.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One detection per row, in order.</returns>
    /// <exception cref="ArgumentException">The series has no rows, not one value per time, a value that is infinite or too large, or more
    /// rows than fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Detection[] Detect(TimeSeries series, DetectorOptions? options = null, CancellationToken cancellationToken = default)
    {
        OnlineDetector.Check(series);
        options ??= new DetectorOptions();
        options.Check();
        Size(series.Times.Length).Check(nameof(series));
        var detections = new Detection[series.Times.Length];
        var rows = Enumerable.Range(0, detections.Length).Where(row => !double.IsNaN(series.Values![row])).ToArray();
        var profile = rows.Length == 0 ? null : new WholeProfile(series, rows, options.IntervalWidth, cancellationToken);
        var gaps = new GapWatch();
        for (var row = 0; row < detections.Length; row++)
        {
            Look(row, cancellationToken);
            var (expected, lower, upper) = profile?.At(row) ?? (double.NaN, double.NaN, double.NaN);
            detections[row] = new Detection(
                series.Times[row],
                series.Values![row],
                0,
                expected,
                lower,
                upper,
                profile?.Season ?? Season.None,
                Cause.Missing,
                false,
                null,
                gaps.Next(series.Times[row])
            );
        }

        if (profile is not null)
        {
            Judge(detections, rows, options, cancellationToken);
        }

        return detections;
    }

    /// <summary>Judges many series at once.</summary>
    /// <param name="series">Each as <see cref="Detect"/> wants it.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="parallelism">Threads at most; null: one per processor. The result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The detections of each series, in order.</returns>
    /// <exception cref="ArgumentException">A series cannot be judged; the message says which and why.</exception>
    public static Detection[][] DetectMany(
        IReadOnlyList<TimeSeries> series,
        DetectorOptions? options = null,
        int? parallelism = null,
        CancellationToken cancellationToken = default
    ) => ManySeries.Map(series, one => Detect(one, options, cancellationToken), parallelism, cancellationToken);

    private static void Judge(Detection[] detections, int[] rows, DetectorOptions options, CancellationToken cancellationToken)
    {
        var situations = new float[rows.Length * Features];
        var scales = Enumerable.Range(0, Features).Select(_ => new RunningScale(0)).ToArray();
        var maker = new Situations(options);
        Span<double> features = stackalloc double[Features];
        var magnitude = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            Look(i, cancellationToken);
            var detection = detections[rows[i]];
            maker.Next(detection.Value, Surprise(detection), features);
            magnitude = Math.Max(magnitude, Math.Abs(detection.Value));
            for (var j = 0; j < Features; j++)
            {
                situations[(i * Features) + j] = (float)features[j];
            }
        }

        FillLongWindows(situations, Math.Min(options.LongWindow, rows.Length) - 1);
        var weights = new float[Features * Novelty.Scales];
        for (var j = 0; j < Features; j++)
        {
            for (var i = 0; i < rows.Length; i++)
            {
                Look(i, cancellationToken);
                scales[j].Learn(situations[(i * Features) + j]);
            }

            Novelty.Weigh(scales[j], magnitude, weights.AsSpan(j));
        }

        var novelties = new double[rows.Length];
        for (var scale = 0; scale < Novelty.Scales; scale++)
        {
            new Discords(
                situations,
                weights[(scale * Features)..((scale + 1) * Features)],
                (float)options.Vigilance / 2,
                ExclusionWindows * options.LongWindow
            ).Add(novelties, cancellationToken);
        }

        Tell(detections, rows, situations, scales, [.. novelties.Select(sum => sum / Novelty.Scales)], options, cancellationToken);
    }

    private static WorkSize Size(int rows) =>
        new()
        {
            Work = WorkSize.Say($"The search for anomalies in {rows:N0} rows as a whole"),
            Smaller = "Without --whole (OnlineDetector) memory does not grow with the rows, and time is less.",
            LargestCount = (double)rows * Features,
            Bytes = BytesOfRow * rows,
            Seconds = SecondsOfRow * rows,
        };

    /// <summary>Looks at the token once in some thousands of rows.</summary>
    private static void Look(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>The first rows, whose long window is not full, get the long window of the first row that has one.</summary>
    private static void FillLongWindows(Span<float> situations, int firstFull)
    {
        var full = situations.Slice(firstFull * Features, Features);
        for (var i = 0; i < firstFull; i++)
        {
            full[Situations.FirstLongFeature..].CopyTo(situations.Slice(i * Features, Features)[Situations.FirstLongFeature..]);
        }
    }

    private static double Surprise(Detection detection) => Math.Abs(detection.Value - detection.Expected);

    /// <summary>One row of each stretch of novel situations is told; the others continue it.</summary>
    private static void Tell(
        Detection[] detections,
        int[] rows,
        float[] situations,
        RunningScale[] scales,
        double[] novelties,
        DetectorOptions options,
        CancellationToken cancellationToken
    )
    {
        for (var from = 0; from < rows.Length; )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var to = from + 1;
            if (novelties[from] >= options.AlarmNovelty)
            {
                for (var ahead = to; ahead < rows.Length && ahead < to + options.LongWindow; ahead++)
                {
                    to = novelties[ahead] >= options.AlarmNovelty ? ahead + 1 : to;
                }
            }

            var told = Told(detections, rows, novelties, from, to, options);
            var isAnomaly = novelties[told] >= options.AlarmNovelty;
            for (var i = from; i < to; i++)
            {
                var score = novelties[i] / (novelties[i] + options.AlarmNovelty);
                var (cause, isMore) = Explain(situations.AsSpan(i * Features, Features), scales);
                detections[rows[i]] = detections[rows[i]] with
                {
                    Score = i == told ? score : score / 2,
                    Cause = cause,
                    IsMore = isMore,
                    AnomalyBegan = isAnomaly && i != told ? detections[rows[told]].Time : null,
                };
            }

            from = to;
        }
    }

    /// <summary>
    /// The most novel row, or the one a short window around it that is the farthest from what was expected: beside a single odd value the
    /// windows are as odd as at it, and so is the mean of neighbours.
    /// </summary>
    private static int Told(Detection[] detections, int[] rows, double[] novelties, int from, int to, DetectorOptions options)
    {
        var most = Enumerable.Range(from, to - from).MaxBy(i => novelties[i]);
        var (first, end) = (Math.Max(from, most - options.ShortWindow + 1), Math.Min(to, most + options.ShortWindow));
        return Enumerable
            .Range(first, end - first)
            .Where(i => i == most || novelties[i] >= options.AlarmNovelty)
            .MaxBy(i => Surprise(detections[rows[i]]));
    }

    private static (Cause Cause, bool IsMore) Explain(ReadOnlySpan<float> situation, RunningScale[] scales)
    {
        var (most, distance, isMore) = (0, 0.0, false);
        for (var j = 0; j < Features; j++)
        {
            var away = scales[j].Spread > 0 ? (situation[j] - scales[j].Mean) / scales[j].Spread : 0;
            (most, distance, isMore) = Math.Abs(away) > distance ? (j, Math.Abs(away), away > 0) : (most, distance, isMore);
        }

        return (distance > 0 ? Novelty.Causes[most] : Cause.None, isMore);
    }
}
