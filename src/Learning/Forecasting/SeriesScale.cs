namespace Tradepost.Learning.Forecasting;

/// <summary>
/// How times and values of a series become the model's: t from 0 to 1 over the history, y as a share of the scale above the floor.
/// </summary>
internal sealed record SeriesScale(DateTime Start, long Ticks, Scaling Scaling, double YScale, double YMin, bool HasFloorColumn)
{
    private const double SmallestShareOfLevel = 1e-3;

    /// <summary>The scale of a history whose rows are in the order of time.</summary>
    /// <exception cref="ArgumentException">All rows have one time.</exception>
    public static SeriesScale Of(TimeSeries history, ProphetOptions options, string argument)
    {
        var hasFloor = options.Growth == Growth.Logistic && history.Columns.ContainsKey("floor");
        var values = history.Values!;
        var (least, greatest) = (values.Min(), values.Max());
        var ticks = (history.Times[^1] - history.Times[0]).Ticks;
        if (ticks == 0)
        {
            throw new ArgumentException("All rows with a value have the same time; a forecast needs at least two times.", argument);
        }

        var range = greatest - least;
        var isNarrow = range > 0 && range < SmallestShareOfLevel * Math.Max(Math.Abs(least), Math.Abs(greatest));
        var scaling =
            options.Scaling != Scaling.Auto ? options.Scaling
            : isNarrow && options.Growth != Growth.Logistic ? Scaling.Minmax
            : Scaling.Absmax;
        var floor = hasFloor ? SeriesColumns.Finite(history, "floor", argument) : null;
        var scale = scaling == Scaling.Minmax ? range : values.Select((value, i) => Math.Abs(value - (floor?[i] ?? 0))).Max();
        return new SeriesScale(history.Times[0], ticks, scaling, scale == 0 ? 1 : scale, least, hasFloor);
    }

    public double Time(DateTime time) => (time - Start).Ticks / (double)Ticks;

    public double[] Times(DateTime[] times) => Array.ConvertAll(times, Time);

    /// <summary>What lies below 0 in scaled units, row by row.</summary>
    public double[] Floors(TimeSeries rows, string argument)
    {
        if (HasFloorColumn)
        {
            return SeriesColumns.Finite(rows, "floor", argument);
        }

        var floors = new double[rows.Times.Length];
        Array.Fill(floors, Scaling == Scaling.Minmax ? YMin : 0);
        return floors;
    }

    /// <summary>The capacity in scaled units; null for other growth than logistic.</summary>
    public double[]? Caps(TimeSeries rows, Growth growth, double[] floors, string argument)
    {
        if (growth != Growth.Logistic)
        {
            return null;
        }

        var caps = SeriesColumns.Finite(rows, "cap", argument);
        var scaled = new double[caps.Length];
        for (var i = 0; i < caps.Length; i++)
        {
            scaled[i] = (caps[i] - floors[i]) / YScale;
            if (scaled[i] <= 0)
            {
                throw new ArgumentException(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"Column cap is {caps[i]} at {rows.Times[i]:yyyy-MM-dd HH:mm:ss}, not above the floor {floors[i]}; logistic growth needs room."
                    ),
                    argument
                );
            }
        }

        return scaled;
    }
}
