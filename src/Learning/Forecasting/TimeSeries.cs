namespace Tradepost.Learning.Forecasting;

/// <summary>Rows with a time each, in any order: a history with values, or the rows to predict.</summary>
public sealed record TimeSeries
{
    /// <summary>One per row. Zones are the caller's: the kind is ignored and days are those of these times.</summary>
    public required DateTime[] Times { get; init; }

    /// <summary>One per row, NaN where missing; null for rows that are only predicted.</summary>
    public double[]? Values { get; init; }

    /// <summary>Further columns by name, one value per row each: <c>cap</c>, <c>floor</c>, regressors, and conditions as 0 or 1.</summary>
    public IReadOnlyDictionary<string, double[]> Columns { get; init; } = new Dictionary<string, double[]>();

    /// <summary>Some of the rows.</summary>
    /// <param name="rows">Their indices, in the order wanted.</param>
    public TimeSeries Take(IReadOnlyList<int> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new TimeSeries
        {
            Times = Pick(Times, rows),
            Values = Values is null ? null : Pick(Values, rows),
            Columns = Columns.ToDictionary(column => column.Key, column => Pick(column.Value, rows)),
        };
    }

    private static T[] Pick<T>(T[] from, IReadOnlyList<int> rows)
    {
        var picked = new T[rows.Count];
        for (var i = 0; i < picked.Length; i++)
        {
            picked[i] = from[rows[i]];
        }

        return picked;
    }
}
