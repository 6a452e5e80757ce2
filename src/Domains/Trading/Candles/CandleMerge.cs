using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Rejects;

namespace Tradepost.Trading.Candles;

/// <summary>The candles that the rows of one symbol come to, one for each time, and what is kept aside.</summary>
internal sealed class CandleMerge
{
    private readonly string file;

    private CandleMerge(string file, Timeframe timeframe) => (this.file, Timeframe) = (file, timeframe);

    public Timeframe Timeframe { get; }

    /// <summary>In order of time.</summary>
    public List<Candle> Candles { get; } = [];

    /// <summary>Rows that are no candle, or not the one of their time.</summary>
    public List<Reject> Aside { get; } = [];

    public long Duplicates { get; private set; }

    public long Conflicts { get; private set; }

    /// <summary>Candles that are missing between the first and the last.</summary>
    public long Missing { get; private set; }

    /// <summary>In how many stretches they are missing.</summary>
    public long Gaps { get; private set; }

    /// <summary>Merges rows; null when they are too few to say how long candles are.</summary>
    /// <param name="file">For messages.</param>
    /// <param name="rows">In the order of the file; they are sorted.</param>
    /// <param name="stamp">What their times are.</param>
    /// <param name="named">How long the file's name says that candles are.</param>
    /// <param name="now">In microseconds; candles that end later are kept aside.</param>
    public static CandleMerge? Of(string file, List<CandleRow> rows, CandleStamp stamp, Timeframe? named, long now)
    {
        rows.Sort(
            (a, b) => a.Candle.OpenTime != b.Candle.OpenTime ? a.Candle.OpenTime.CompareTo(b.Candle.OpenTime) : a.Line.CompareTo(b.Line)
        );
        var step = UsualStep(rows);
        if ((Timeframe.Of(step ?? 0) ?? (step is null || step % named?.Length == 0 ? named : null)) is not { } timeframe)
        {
            return null;
        }

        var merge = new CandleMerge(file, timeframe);
        merge.Take(rows, stamp == CandleStamp.Close ? timeframe.Length : 0, now);
        merge.FindGaps();
        return merge;
    }

    /// <summary>The step between times that is the most frequent one, in microseconds; null without two times.</summary>
    public static long? UsualStep(List<CandleRow> sorted)
    {
        var steps = new Dictionary<long, int>();
        for (var i = 1; i < sorted.Count; i++)
        {
            var step = sorted[i].Candle.OpenTime - sorted[i - 1].Candle.OpenTime;
            if (step > 0)
            {
                steps[step] = steps.GetValueOrDefault(step) + 1;
            }
        }

        return steps.Count == 0 ? null : steps.OrderByDescending(step => step.Value).ThenBy(step => step.Key).First().Key;
    }

    private void Take(List<CandleRow> rows, long shift, long now)
    {
        CandleRow? kept = null;
        foreach (var row in rows.Select(row => row with { Candle = row.Candle with { OpenTime = row.Candle.OpenTime - shift } }))
        {
            if (row.Candle.OpenTime % Timeframe.Length != 0)
            {
                Keep(row, CandleRule.NotAligned, $"{At(row)} is no whole {(Timeframe == Timeframe.Hour ? "hour" : "minute")}");
            }
            else if (row.Candle.OpenTime + Timeframe.Length > now)
            {
                Keep(row, CandleRule.NotEnded, $"the candle of {At(row)} has not ended yet");
            }
            else if (kept is { } other && other.Candle.OpenTime == row.Candle.OpenTime)
            {
                kept = Choose(other, row);
            }
            else
            {
                Add(kept);
                kept = row;
            }
        }

        Add(kept);
    }

    private void Add(CandleRow? row)
    {
        if (row is { } one)
        {
            Candles.Add(one.Candle);
        }
    }

    private CandleRow Choose(in CandleRow first, in CandleRow second)
    {
        var (kept, aside, reason) = CandleChoice.Between(first, second);
        var isSame = first.SaysTheSameAs(second);
        Duplicates++;
        Conflicts += isSame ? 0 : 1;
        Keep(
            aside,
            isSame ? CandleRule.Duplicate : CandleRule.Conflict,
            $"line {kept.Line} {(isSame ? "says the same" : "says something else")} of {At(aside)}, and is taken because it {reason}"
        );
        return kept;
    }

    private void Keep(in CandleRow row, string rule, string problem) =>
        Aside.Add(CandleRows.RejectOf(file, row.Line, rule, problem, TextOf(row.Candle)));

    private void FindGaps()
    {
        for (var i = 1; i < Candles.Count; i++)
        {
            var missing = ((Candles[i].OpenTime - Candles[i - 1].OpenTime) / Timeframe.Length) - 1;
            Missing += missing;
            Gaps += missing > 0 ? 1 : 0;
        }
    }

    private static string At(in CandleRow row) =>
        Moment.ToDateTime(row.Candle.OpenTime).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string TextOf(in Candle candle) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"open {candle.Open:R}, high {candle.High:R}, low {candle.Low:R}, close {candle.Close:R}, volume {candle.Volume:R}"
        );
}
