namespace Tradepost.Learning.Regression;

/// <summary>
/// Rows to fit on or to predict: columns of doubles of one length. NaN is a missing value. A categorical column holds whole numbers from 0
/// on, which say nothing but which category. The arrays are kept, not copied.
/// </summary>
public sealed class FeatureTable
{
    private readonly double[][] arrays;
    private readonly bool[] categorical;

    /// <summary>A table of given columns.</summary>
    /// <param name="names">One name per column.</param>
    /// <param name="columns">At least one, all of one length, which may be 0.</param>
    /// <param name="categorical">Which columns are categories; null: none.</param>
    /// <exception cref="ArgumentException">No columns, lengths that differ, two columns of one name, or an infinite value; a category that
    /// is no whole number from 0 to 2³⁰.</exception>
    public FeatureTable(IReadOnlyList<string> names, IReadOnlyList<double[]> columns, IReadOnlyList<bool>? categorical = null)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.Count == 0)
        {
            throw new ArgumentException("The table has no columns.", nameof(columns));
        }

        if (names.Count != columns.Count || (categorical is not null && categorical.Count != columns.Count))
        {
            throw new ArgumentException(
                $"The table has {columns.Count} columns, {names.Count} names and {categorical?.Count ?? columns.Count} kinds.",
                nameof(names)
            );
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Skip(1).Any()) is { } twice)
        {
            throw new ArgumentException($"Two columns have the name {twice.Key}.", nameof(names));
        }

        (Names, arrays, this.categorical) = ([.. names], [.. columns], categorical is null ? new bool[columns.Count] : [.. categorical]);
        Rows = columns[0].Length;
        for (var column = 0; column < columns.Count; column++)
        {
            CheckColumn(arrays, column);
        }
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>The columns' names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Which columns are categories, in order.</summary>
    public IReadOnlyList<bool> Categorical => categorical;

    internal int Columns => arrays.Length;

    /// <summary>A table from values row by row.</summary>
    /// <param name="values">As many as rows times columns.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="names">One per column; null: x0, x1 and so on.</param>
    /// <exception cref="ArgumentException">Not a whole number of rows, or as the constructor.</exception>
    public static FeatureTable FromRows(ReadOnlySpan<double> values, int columns, IReadOnlyList<string>? names = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0)
        {
            throw new ArgumentException($"{values.Length} values are not whole rows of {columns}.", nameof(values));
        }

        var split = new double[columns][];
        for (var column = 0; column < columns; column++)
        {
            var array = split[column] = new double[values.Length / columns];
            for (var row = 0; row < array.Length; row++)
            {
                array[row] = values[(row * columns) + column];
            }
        }

        return new FeatureTable(names ?? [.. Enumerable.Range(0, columns).Select(i => $"x{i}")], split);
    }

    /// <summary>The values of a column.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
    public ReadOnlySpan<double> Column(int column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(column);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(column, arrays.Length);
        return arrays[column];
    }

    /// <summary>Some of the rows, in the order given; a row may come several times.</summary>
    public FeatureTable Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[arrays.Length][];
        for (var column = 0; column < taken.Length; column++)
        {
            var (from, to) = (arrays[column], taken[column] = new double[rows.Length]);
            for (var row = 0; row < to.Length; row++)
            {
                to[row] = from[rows[row]];
            }
        }

        return new FeatureTable(Names, taken, categorical);
    }

    /// <summary>The same table with other values in one column.</summary>
    internal FeatureTable With(int column, double[] values)
    {
        double[][] changed = [.. arrays];
        changed[column] = values;
        return new FeatureTable(Names, changed, categorical);
    }

    private void CheckColumn(double[][] columns, int column)
    {
        var values = columns[column];
        if (values.Length != Rows)
        {
            throw new ArgumentException($"The column {Names[column]} has {values.Length} rows, the first column {Rows}.", nameof(columns));
        }

        for (var row = 0; row < values.Length; row++)
        {
            var value = values[row];
            if (
                double.IsInfinity(value)
                || (categorical[column] && !double.IsNaN(value) && !(value is >= 0 and < 1 << 30 && value == Math.Floor(value)))
            )
            {
                throw new ArgumentException(
                    $"The column {Names[column]} is {value} in row {row}; expected is "
                        + $"{(categorical[column] ? "a category from 0 on" : "a finite number")}, or NaN where it is missing.",
                    nameof(columns)
                );
            }
        }
    }
}
