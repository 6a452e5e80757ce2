namespace Tradepost.Learning.Anomalies;

/// <summary>
/// Turns novelty into a score: one anomaly is told once, and a series with many alarms must show more to be heard. After a novelty the bar
/// stands above its height and falls off over the hold; the score of what stays below is halved, so that it is no alarm.
/// </summary>
internal sealed class AlarmBar(DetectorOptions options)
{
    private const double HoldShare = 0.1;
    private const double LeastHold = 10;
    private const double Above = 1.1;
    private const double MemoryRows = 100;
    private const double MemoryShare = 0.3;
    private const double HeldShare = 0.5;

    private readonly double steadyDecay = Math.Exp(-1.0 / options.HoldRows);
    private double height;
    private double alarms;
    private long rows;
    private long began;
    private bool isHeld;

    /// <summary>When the anomaly that the last row continues was told.</summary>
    public DateTime? AnomalyBegan => isHeld ? new DateTime(began) : null;

    public bool IsWarmingUp => rows <= options.WarmUpRows;

    public double Score(DateTime time, double novelty)
    {
        if (++rows <= options.WarmUpRows)
        {
            return 0;
        }

        height *= HoldShare * rows >= options.HoldRows ? steadyDecay : Math.Exp(-1 / Math.Max(LeastHold, HoldShare * rows));
        var isTold = novelty > Above * height;
        var told = isTold ? novelty : 0;
        var restrained = novelty / (1 + (options.AlarmRestraint * alarms));
        alarms += Math.Max(1.0 / (rows - options.WarmUpRows), 1 / (MemoryRows + (MemoryShare * rows))) * (told - alarms);
        height = Math.Max(height, novelty);
        var score = restrained / (restrained + options.AlarmNovelty);
        isHeld = !isTold && score >= Detection.AnomalyScore && began > 0;
        if (isTold && score >= Detection.AnomalyScore)
        {
            began = time.Ticks;
        }

        return isTold ? score : HeldShare * score;
    }

    public void Exchange(StateStream state)
    {
        state.Exchange(ref height);
        state.Exchange(ref alarms);
        state.Exchange(ref rows);
        state.Exchange(ref began);
        state.Exchange(ref isHeld);
        StateStream.Check(began, 0, DateTime.MaxValue.Ticks);
    }
}
