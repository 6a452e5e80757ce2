namespace Tradepost.Learning.Forecasting;

/// <summary>
/// What besides the trend explains a series: seasonalities, holidays and regressors with everything decided, and the columns they make.
/// </summary>
internal sealed record FeatureSet(
    IReadOnlyList<Seasonality> Seasonalities,
    IReadOnlyList<HolidayWindow> Holidays,
    SeasonalityMode HolidaysMode,
    IReadOnlyList<RegressorScale> Regressors
)
{
    private const int RowsBetweenLooks = 4096;

    /// <summary>How many columns there are.</summary>
    public long Width => (2 * Seasonalities.Sum(seasonality => (long)seasonality.FourierOrder)) + Holidays.Count + Regressors.Count;

    public IReadOnlyList<FeatureColumn> Columns()
    {
        var columns = new List<FeatureColumn>();
        foreach (var seasonality in Seasonalities)
        {
            for (var i = 1; i <= 2 * seasonality.FourierOrder; i++)
            {
                columns.Add(
                    new FeatureColumn(
                        $"{seasonality.Name}_delim_{i}",
                        seasonality.Name,
                        null,
                        seasonality.PriorScale!.Value,
                        seasonality.Mode!.Value
                    )
                );
            }
        }

        columns.AddRange(
            Holidays.Select(holiday => new FeatureColumn(holiday.ColumnName, holiday.Name, "holidays", holiday.PriorScale, HolidaysMode))
        );
        columns.AddRange(
            Regressors.Select(regressor => new FeatureColumn(
                regressor.Name,
                regressor.Name,
                regressor.Mode == SeasonalityMode.Additive ? "extra_regressors_additive" : "extra_regressors_multiplicative",
                regressor.PriorScale,
                regressor.Mode
            ))
        );
        return columns;
    }

    /// <summary>The matrix for these rows, column after column; to the last bit R's, if the optimizer needs that.</summary>
    /// <exception cref="ArgumentException">A column that is needed is missing or has a value that cannot be used.</exception>
    public double[] Build(TimeSeries rows, string argument, Optimizer optimizer, CancellationToken cancellationToken)
    {
        var n = rows.Times.Length;
        var matrix = new double[n * (int)Width];
        var at = 0;
        foreach (var seasonality in Seasonalities)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var size = 2 * seasonality.FourierOrder * n;
            if (optimizer == Optimizer.Stan)
            {
                FourierAsR(rows.Times, seasonality, matrix.AsSpan(at, size), cancellationToken);
            }
            else
            {
                Fourier(rows.Times, seasonality, matrix.AsSpan(at, size), cancellationToken);
            }

            if (seasonality.ConditionName is { } condition)
            {
                Mask(SeriesColumns.Condition(rows, condition, argument), matrix.AsSpan(at, size));
            }

            at += size;
        }

        foreach (var holiday in Holidays)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var dates = holiday.Dates.ToHashSet();
            for (var i = 0; i < n; i++)
            {
                matrix[at + i] = dates.Contains(DateOnly.FromDateTime(rows.Times[i])) ? 1 : 0;
            }

            at += n;
        }

        foreach (var regressor in Regressors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var values = SeriesColumns.Finite(rows, regressor.Name, argument);
            for (var i = 0; i < n; i++)
            {
                matrix[at + i] = (values[i] - regressor.Mean) / regressor.Deviation;
            }

            at += n;
        }

        return matrix;
    }

    /// <summary>sin and cos of 2πi·days/period for i = 1 … order; the higher ones by the addition theorem from the first.</summary>
    private static void Fourier(DateTime[] times, Seasonality seasonality, Span<double> columns, CancellationToken cancellationToken)
    {
        var n = times.Length;
        for (var row = 0; row < n; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var turns = (times[row] - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerDay / seasonality.Period;
            var (sin1, cos1) = Math.SinCos(2 * Math.PI * (turns - Math.Floor(turns)));
            var (sin, cos) = (sin1, cos1);
            for (var i = 0; i < seasonality.FourierOrder; i++)
            {
                columns[(2 * i * n) + row] = sin;
                columns[(((2 * i) + 1) * n) + row] = cos;
                (sin, cos) = ((sin * cos1) + (cos * sin1), (cos * cos1) - (sin * sin1));
            }
        }
    }

    /// <summary>The same, each from its own angle and without taking whole turns off it.</summary>
    private static void FourierAsR(DateTime[] times, Seasonality seasonality, Span<double> columns, CancellationToken cancellationToken)
    {
        var n = times.Length;
        for (var row = 0; row < n; row++)
        {
            if (row % RowsBetweenLooks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var days = (times[row] - DateTime.UnixEpoch).TotalSeconds / 86_400;
            for (var i = 0; i < seasonality.FourierOrder; i++)
            {
                var angle = 2 * (i + 1) * Math.PI * days / seasonality.Period;
                columns[(2 * i * n) + row] = Math.Sin(angle);
                columns[(((2 * i) + 1) * n) + row] = Math.Cos(angle);
            }
        }
    }

    private static void Mask(double[] condition, Span<double> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] *= condition[i % condition.Length];
        }
    }
}
