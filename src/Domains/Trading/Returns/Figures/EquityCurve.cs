namespace Tradepost.Trading.Returns.Figures;

/// <summary>
/// Cumulates what the decision layer would have brought: one position for each hour of entry, each with an equal part of what is staked
/// and held as long as the horizon. Positions are those of <see cref="PhaseTrades"/>.
/// </summary>
internal sealed class EquityCurve(int horizon, double cost, double least)
{
    private readonly int[] positions = new int[horizon];
    private readonly List<EquityDay> days = [];
    private double gross;
    private double net;

    /// <summary>A point for each day on which outcomes fell due, in order of time.</summary>
    public IReadOnlyList<EquityDay> Days => days;

    /// <summary>How many forecasts were added.</summary>
    public int Forecasts { get; private set; }

    /// <summary>On how many of them there was a position.</summary>
    public int Acted { get; private set; }

    /// <summary>Adds a forecast and what came; in order of time.</summary>
    /// <param name="made">When it was made (UTC).</param>
    /// <param name="forecast">The log return that was forecast.</param>
    /// <param name="actual">The log return that came.</param>
    public void Add(DateTime made, double forecast, double actual)
    {
        var phase = Entry.PhaseOf(made, horizon);
        var entry = Entry.After(positions[phase], forecast, actual, cost, least);
        positions[phase] = entry.Position;
        gross += entry.Gross / horizon;
        net += entry.Net / horizon;
        Forecasts++;
        Acted += entry.Position == 0 ? 0 : 1;
        var point = new EquityDay(DateOnly.FromDateTime(made.AddHours(horizon)), gross, net);
        if (days.Count > 0 && days[^1].Day == point.Day)
        {
            days[^1] = point;
        }
        else
        {
            days.Add(point);
        }
    }
}
