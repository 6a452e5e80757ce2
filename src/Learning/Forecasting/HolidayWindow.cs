namespace Tradepost.Learning.Forecasting;

/// <summary>One day of the windows of a holiday, and the dates on which it falls.</summary>
internal sealed record HolidayWindow(string Name, int Offset, double PriorScale, IReadOnlyList<DateOnly> Dates)
{
    public string ColumnName =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}_delim_{(Offset >= 0 ? "+" : "-")}{Math.Abs(Offset)}");
}
