using Tradepost.Learning.Forecasting;

namespace Tradepost.Learning.Anomalies;

/// <summary>
/// Finds anomalies in a series while it comes in: each row is judged by the rows before it alone, in bounded memory, without allocation.
/// A row is an anomaly when the situation it makes (levels, deviations and distance from what was expected at its time, in a
/// short and a long window) is unlike any that is remembered; see docs/anomalies.md. Deterministic. Not safe for several threads; many
/// detectors may run at once.
/// </summary>
public sealed class OnlineDetector
{
    private const double Greatest = 1e20;
    private const int RowsBetweenLooks = 8192;
    private const long Mark = 0x31_54_44_4F_4E_41_50_54; // "TPANODT1"

    private readonly Expectation expectation = new();
    private readonly GapWatch gaps = new();
    private readonly Novelty novelty;
    private readonly IntervalTracker interval;
    private readonly AlarmBar bar;

    /// <summary>A detector that has seen nothing.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public OnlineDetector(DetectorOptions? options = null)
    {
        Options = options ?? new DetectorOptions();
        Options.Check();
        novelty = new Novelty(Options);
        interval = new IntervalTracker(Options.IntervalWidth);
        bar = new AlarmBar(Options);
    }

    /// <summary>How it listens.</summary>
    public DetectorOptions Options { get; }

    /// <summary>Judges a row by those before it, then learns from it.</summary>
    /// <param name="time">Should not go back; where it does, or stands still, <see cref="Detection.Gap"/> says so and the row counts as the
    /// next.</param>
    /// <param name="value">NaN where missing: scored 0, not learned from. At most 1e20 from zero.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite or too large.</exception>
    public Detection Update(DateTime time, double value)
    {
        if (Math.Abs(value) > Greatest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(value),
                value,
                "The value is infinite or farther than 1e20 from zero; expected is a finite number, or NaN where it is missing."
            );
        }

        var gap = gaps.Next(time);
        var expected = expectation.At(time);
        var (season, error) = (expectation.Season, expectation.Error);
        var (lower, upper) = interval.Around(expected, error);
        if (double.IsNaN(value))
        {
            return new Detection(time, value, 0, expected, lower, upper, season, Cause.Missing, false, null, gap);
        }

        var residual = double.IsNaN(expected) ? 0 : value - expected;
        var score = bar.Score(time, novelty.Meet(value, Math.Abs(residual)));
        if (error > 0)
        {
            interval.Learn(residual, error);
        }

        expectation.Learn(time, value);
        var (cause, isMore) = bar.IsWarmingUp ? (Cause.WarmUp, false) : novelty.MostUnusual;
        return new Detection(time, value, score, expected, lower, upper, season, cause, isMore, bar.AnomalyBegan, gap);
    }

    /// <summary>Judges rows one after another.</summary>
    /// <param name="times">One per row.</param>
    /// <param name="values">One per row.</param>
    /// <param name="detections">Room for one per row.</param>
    /// <exception cref="ArgumentException">There is not one of each per row, or a value is infinite or too large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; what the detector has learned up to then stays.</exception>
    public void Update(
        ReadOnlySpan<DateTime> times,
        ReadOnlySpan<double> values,
        Span<Detection> detections,
        CancellationToken cancellationToken = default
    )
    {
        if (times.Length != values.Length)
        {
            throw new ArgumentException(
                $"There are {values.Length} values for {times.Length} times; expected is one per time.",
                nameof(values)
            );
        }

        if (detections.Length < values.Length)
        {
            throw new ArgumentException(
                $"There is room for {detections.Length} detections; expected is one per value, {values.Length}.",
                nameof(detections)
            );
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (i % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            detections[i] = Update(times[i], values[i]);
        }
    }

    /// <summary>Judges the rows of a series by a new detector.</summary>
    /// <param name="series">One row or more, NaN where a value is missing. Other columns are not used.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>One detection per row, in order.</returns>
    /// <exception cref="ArgumentException">The series has no rows, not one value per time, or a value that is infinite or too
    /// large.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Detection[] Detect(TimeSeries series, DetectorOptions? options = null, CancellationToken cancellationToken = default)
    {
        Check(series);
        var detector = new OnlineDetector(options);
        var detections = new Detection[series.Times.Length];
        detector.Update(series.Times, series.Values, detections, cancellationToken);
        return detections;
    }

    /// <summary>Judges many series at once, each by a new detector.</summary>
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

    /// <summary>Keeps everything it has learned, in about 22 KB with the default options.</summary>
    /// <param name="stream">Where to; left open.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        Exchange(StateStream.Writing(stream), Options);
    }

    /// <summary>A detector that goes on, to the last bit, where the saved one was.</summary>
    /// <param name="stream">From where; left open behind the state.</param>
    /// <exception cref="FormatException">It does not hold what <see cref="Save"/> wrote.</exception>
    public static OnlineDetector Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            var state = StateStream.Reading(stream);
            var mark = 0L;
            state.Exchange(ref mark);
            if (mark != Mark)
            {
                throw new FormatException("This is not a saved anomaly detector of version 1.");
            }

            var detector = new OnlineDetector(DetectorOptions.Read(state));
            detector.ExchangeParts(state);
            return detector;
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new FormatException($"This is not a whole saved anomaly detector: it ends early, or holds values that none has.", e);
        }
    }

    internal static void Check(TimeSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Times.Length == 0)
        {
            throw new ArgumentException("The series has no rows; expected is one or more.", nameof(series));
        }

        if (series.Values?.Length != series.Times.Length)
        {
            throw new ArgumentException(
                $"The series has {series.Values?.Length ?? 0} values for {series.Times.Length} times; expected is one per time.",
                nameof(series)
            );
        }

        if (Array.FindIndex(series.Values, value => Math.Abs(value) > Greatest) is >= 0 and var row)
        {
            throw new ArgumentException(
                $"The value of row {row} is infinite or farther than 1e20 from zero; expected is a finite number, or NaN where it is "
                    + "missing.",
                nameof(series)
            );
        }
    }

    private void Exchange(StateStream state, DetectorOptions options)
    {
        var mark = Mark;
        state.Exchange(ref mark);
        options.Write(state);
        ExchangeParts(state);
    }

    private void ExchangeParts(StateStream state)
    {
        gaps.Exchange(state);
        expectation.Exchange(state);
        novelty.Exchange(state);
        interval.Exchange(state);
        bar.Exchange(state);
    }
}
