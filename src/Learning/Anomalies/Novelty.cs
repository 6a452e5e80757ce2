namespace Tradepost.Learning.Anomalies;

/// <summary>
/// How new a row's situation is: short mean and deviation, distance from what was expected, and long deviation and mean, met by three
/// memories that measure in a scale each. The answer is the mean of their distances.
/// </summary>
internal sealed class Novelty
{
    private const int Features = SituationMemory.Features;
    internal const int Scales = 3;
    private const double Rounding = 1e-12;
    private const double NoScale = 1e9;
    private const float AnyChange = 1e30f;

    // In the order of the features.
    internal static readonly Cause[] Causes = [Cause.Level, Cause.Jump, Cause.Unexpected, Cause.VarianceChange, Cause.LevelShift];

    private readonly RunningScale[] scales;
    private readonly SituationMemory[] memories;
    private readonly Situations situations;
    private double magnitude;

    public Novelty(DetectorOptions options)
    {
        situations = new Situations(options);
        scales = [.. Enumerable.Range(0, Features).Select(_ => new RunningScale(options.ScaleForgetting))];
        memories = [.. Enumerable.Range(0, Scales).Select(_ => new SituationMemory(options.Memory, options.Vigilance))];
    }

    public (Cause Cause, bool IsMore) MostUnusual { get; private set; }

    /// <summary>0: just as once before; 1: as far from all that was as the series is wide; at most 4.</summary>
    public double Meet(double value, double surprise)
    {
        Span<double> raw = stackalloc double[Features];
        situations.Next(value, surprise, raw);
        Span<float> situation = stackalloc float[Features];
        Span<float> weights = stackalloc float[Features * Scales];
        for (var j = 0; j < Features; j++)
        {
            situation[j] = (float)raw[j];
            Weigh(scales[j], magnitude, weights[j..]);
        }

        var (novelty, feature) = Ask(situation, weights);
        MostUnusual = feature < 0 ? (Cause.None, false) : (Causes[feature], raw[feature] > scales[feature].Mean);
        for (var j = 0; j < Features; j++)
        {
            scales[j].Learn(raw[j]);
        }

        magnitude = Math.Max(magnitude, Math.Abs(value));
        return novelty;
    }

    public void Exchange(StateStream state)
    {
        situations.Exchange(state);
        Array.ForEach(scales, scale => scale.Exchange(state));
        Array.ForEach(memories, memory => memory.Exchange(state));
        state.Exchange(ref magnitude);
    }

    /// <summary>The novelty, and the feature that most of it comes from.</summary>
    private (double Novelty, int Feature) Ask(ReadOnlySpan<float> situation, ReadOnlySpan<float> weights)
    {
        Span<float> votes = stackalloc float[Features];
        votes.Clear();
        var sum = 0.0;
        for (var i = 0; i < memories.Length; i++)
        {
            var novelty = memories[i].Meet(situation, weights.Slice(i * Features, Features));
            sum += novelty;
            if (memories[i].Cause is >= 0 and var feature)
            {
                votes[feature] += novelty;
            }
        }

        var most = 0;
        for (var j = 1; j < Features; j++)
        {
            most = votes[j] > votes[most] ? j : most;
        }

        return (sum / memories.Length, votes[most] > 0 ? most : -1);
    }

    /// <summary>One over each scale; a series that was constant so far, but for rounding, has none, and any change is far.</summary>
    /// <param name="scale">Of a feature.</param>
    /// <param name="magnitude">The greatest value so far, without its sign.</param>
    /// <param name="weights">Where the feature's three are, <see cref="Features"/> apart.</param>
    internal static void Weigh(RunningScale scale, double magnitude, Span<float> weights)
    {
        var (range, spread) = (scale.Range, scale.Spread);
        weights[0] = Weight(range, magnitude);
        weights[Features] = Weight(spread, magnitude);
        weights[2 * Features] = Weight(Math.Sqrt(range * spread), magnitude);
    }

    private static float Weight(double scale, double magnitude) =>
        scale > Rounding * magnitude ? (float)(1 / scale)
        : magnitude > 0 ? (float)(NoScale / magnitude)
        : AnyChange;
}
