namespace Tradepost.Trading.Returns.Figures;

/// <summary>A position that is taken for as long as the horizon, and what it brings as a log return.</summary>
/// <param name="Position">1 is long, -1 short, 0 none.</param>
/// <param name="Change">From the position before: 2 is from long to short.</param>
/// <param name="Gross">Before costs.</param>
/// <param name="Net">Less the cost of the change.</param>
internal readonly record struct Entry(int Position, double Change, double Gross, double Net)
{
    /// <summary>By the sign of a forecast whose size is above a least one; otherwise there is no position.</summary>
    /// <param name="before">The position that it takes the place of.</param>
    /// <param name="forecast">The log return that is forecast.</param>
    /// <param name="actual">The log return that came.</param>
    /// <param name="cost">Of a change by 1, as a log return.</param>
    /// <param name="least">What a forecast must exceed.</param>
    public static Entry After(int before, double forecast, double actual, double cost, double least)
    {
        var position = Math.Abs(forecast) > least ? Math.Sign(forecast) : 0;
        double change = Math.Abs(position - before);
        var gross = position * actual;
        return new Entry(position, change, gross, gross - (cost * change));
    }

    /// <summary>Which of the hours of entry a moment belongs to: 0 to the horizon less 1.</summary>
    public static int PhaseOf(DateTime time, int horizon) => (int)(time.Ticks / TimeSpan.TicksPerHour % horizon);
}
