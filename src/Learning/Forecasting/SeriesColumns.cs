namespace Tradepost.Learning.Forecasting;

/// <summary>Columns of a series by name, checked.</summary>
internal static class SeriesColumns
{
    public static double[] Finite(TimeSeries rows, string name, string argument)
    {
        var values = Get(rows, name, argument);
        var bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0
            ? values
            : throw new ArgumentException(
                $"Column {name} has no finite number at {rows.Times[bad]:yyyy-MM-dd HH:mm:ss}; it is needed in every row.",
                argument
            );
    }

    public static double[] Condition(TimeSeries rows, string name, string argument)
    {
        var values = Get(rows, name, argument);
        var bad = Array.FindIndex(values, value => value is not (0 or 1));
        return bad < 0
            ? values
            : throw new ArgumentException(
                $"Column {name} is a condition and has {values[bad]} at {rows.Times[bad]:yyyy-MM-dd HH:mm:ss}; expected is 0 or 1.",
                argument
            );
    }

    private static double[] Get(TimeSeries rows, string name, string argument)
    {
        if (!rows.Columns.TryGetValue(name, out var values))
        {
            throw new ArgumentException($"Column {name} is missing; the model needs it in every row.", argument);
        }

        return values.Length == rows.Times.Length
            ? values
            : throw new ArgumentException($"Column {name} has {values.Length} values for {rows.Times.Length} rows.", argument);
    }
}
