namespace Tradepost.Trading.Features;

/// <summary>
/// A number that is known at the end of an hour. It is made of that hour and the hours that it looks back to, and of nothing else: the same
/// hours give the same bits, wherever the data begin and end.
/// </summary>
/// <param name="name">In snake case; a column of the table.</param>
/// <param name="formula">For a reader; t is the hour that ends, C, H, L, V its close, high, low and volume, r the log return of an hour.</param>
/// <param name="lookBack">How many hours before its own it needs.</param>
internal abstract class Feature(string name, string formula, int lookBack)
{
    public string Name { get; } = name;

    public string Formula { get; } = formula;

    public int LookBack { get; } = lookBack;

    /// <summary>The value at a row; NaN where it is not known.</summary>
    public double At(HourlySeries hours, int row) =>
        hours.Reaches(row, LookBack) && Compute(hours, row) is var value && double.IsFinite(value) ? value : double.NaN;

    /// <summary>The value at a row that the look-back is there of.</summary>
    protected abstract double Compute(HourlySeries hours, int row);
}
