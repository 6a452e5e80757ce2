namespace Tradepost.Trading.Features;

/// <summary>The hourly rows of one symbol in order of time; a column per feature, NaN where it is not known yet.</summary>
/// <param name="Symbol">As in the table.</param>
/// <param name="Times">The close of each candle (feature_time, UTC): what a row says was known then.</param>
/// <param name="Closes">The closing price of each candle.</param>
/// <param name="Whole">Whether the candle was seen; false for one that is missing and was filled in. Rows are hourly without gaps.</param>
/// <param name="Names">Of the features, in the order of <paramref name="Columns"/>.</param>
/// <param name="Columns">A value per time and feature.</param>
public sealed record FeatureSeries(
    string Symbol,
    IReadOnlyList<DateTime> Times,
    IReadOnlyList<double> Closes,
    IReadOnlyList<bool> Whole,
    IReadOnlyList<string> Names,
    IReadOnlyList<double[]> Columns
)
{
    /// <summary>Some of its rows.</summary>
    /// <param name="from">The first.</param>
    /// <param name="to">The one behind the last.</param>
    public FeatureSeries Slice(int from, int to) =>
        this with
        {
            Times = [.. Times.Take(from..to)],
            Closes = [.. Closes.Take(from..to)],
            Whole = [.. Whole.Take(from..to)],
            Columns = [.. Columns.Select(column => column[from..to])],
        };

    /// <summary>Its last rows; all where there are no more.</summary>
    public FeatureSeries Last(int rows) => Slice(Math.Max(0, Times.Count - rows), Times.Count);
}
