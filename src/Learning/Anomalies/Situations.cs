namespace Tradepost.Learning.Anomalies;

/// <summary>
/// The features of each row's situation: short mean and deviation, short mean of the distances from what was expected, long deviation and
/// mean.
/// </summary>
internal sealed class Situations(DetectorOptions options)
{
    /// <summary>From this one on they are of the long window.</summary>
    public const int FirstLongFeature = 3;

    private readonly Windows windows = new(options.ShortWindow, options.LongWindow);
    private double origin;
    private bool hasOrigin;

    public void Next(double value, double surprise, Span<double> features)
    {
        if (!hasOrigin)
        {
            (origin, hasOrigin) = (value, true);
        }

        windows.Add(value, surprise);
        (features[0], features[1]) = windows.Short();
        features[2] = windows.MeanSurprise();
        (features[4], features[3]) = windows.Long();
        // Memories keep single precision, which is spent on what differs.
        features[0] -= origin;
        features[4] -= origin;
    }

    public void Exchange(StateStream state)
    {
        windows.Exchange(state);
        state.Exchange(ref origin);
        state.Exchange(ref hasOrigin);
    }
}
