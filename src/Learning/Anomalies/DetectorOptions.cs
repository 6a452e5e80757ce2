namespace Tradepost.Learning.Anomalies;

/// <summary>
/// How a detector listens. The defaults are for any series; they were chosen by leaving folders of the Numenta benchmark out
/// (docs/anomalies.md).
/// </summary>
public sealed record DetectorOptions
{
    /// <summary>Rows of the short window: how quickly something is noticed; 1 to <see cref="LongWindow"/>.</summary>
    public int ShortWindow { get; init; } = 3;

    /// <summary>Rows of the long window: what the short one stands in; at most 1024.</summary>
    public int LongWindow { get; init; } = 24;

    /// <summary>
    /// Situations that each of the three memories keeps; the one not met for the longest time is forgotten first. 16 to 4096, a multiple of
    /// 16.
    /// </summary>
    public int Memory { get; init; } = 192;

    /// <summary>How far from all known situations a new one is remembered on its own, as a share of the scale; above 0, under 1.</summary>
    public double Vigilance { get; init; } = 0.07;

    /// <summary>The novelty, as a share of the scale, that scores 0.5; above 0, under 1.</summary>
    public double AlarmNovelty { get; init; } = 0.19;

    /// <summary>How fast the spread of a series is forgotten, per row; above 0, at most 0.1.</summary>
    public double ScaleForgetting { get; init; } = 0.0003;

    /// <summary>Rows after which 37 % of an alarm's height are left, which a further alarm has to exceed; 10 or more.</summary>
    public int HoldRows { get; init; } = 150;

    /// <summary>By how much the bar rises with the alarms of the past; 0 or more, 0: not at all.</summary>
    public double AlarmRestraint { get; init; } = 60;

    /// <summary>Rows at the beginning that are only learned from, and score 0; 2 or more.</summary>
    public int WarmUpRows { get; init; } = 40;

    /// <summary>The share of rows that the expected interval is to hold in the long run; above 0, under 1.</summary>
    public double IntervalWidth { get; init; } = 0.99;

    internal static DetectorOptions Read(StateStream state)
    {
        var whole = new int[5];
        var real = new double[5];
        state.Exchange(whole);
        state.Exchange(real);
        return new DetectorOptions
        {
            ShortWindow = whole[0],
            LongWindow = whole[1],
            Memory = whole[2],
            HoldRows = whole[3],
            WarmUpRows = whole[4],
            Vigilance = real[0],
            AlarmNovelty = real[1],
            ScaleForgetting = real[2],
            AlarmRestraint = real[3],
            IntervalWidth = real[4],
        };
    }

    internal void Write(StateStream state)
    {
        state.Exchange((int[])[ShortWindow, LongWindow, Memory, HoldRows, WarmUpRows]);
        state.Exchange((double[])[Vigilance, AlarmNovelty, ScaleForgetting, AlarmRestraint, IntervalWidth]);
    }

    /// <summary>Throws an <see cref="ArgumentOutOfRangeException"/> that names the first option out of its range.</summary>
    internal void Check()
    {
        Range(nameof(LongWindow), LongWindow, 1, 1024);
        Range(nameof(ShortWindow), ShortWindow, 1, LongWindow);
        Range(nameof(Memory), Memory, 16, 4096);
        Check(nameof(Memory), Memory, Memory % 16 == 0, "a multiple of 16");
        Between(nameof(Vigilance), Vigilance, 1);
        Between(nameof(AlarmNovelty), AlarmNovelty, 1);
        Check(nameof(ScaleForgetting), ScaleForgetting, ScaleForgetting is > 0 and <= 0.1, "a number above 0, at most 0.1");
        Range(nameof(HoldRows), HoldRows, 10, int.MaxValue);
        Check(nameof(AlarmRestraint), AlarmRestraint, AlarmRestraint >= 0 && double.IsFinite(AlarmRestraint), "0 or more");
        Range(nameof(WarmUpRows), WarmUpRows, 2, int.MaxValue);
        Between(nameof(IntervalWidth), IntervalWidth, 1);
    }

    private static void Range(string name, int value, int least, int greatest) =>
        Check(name, value, value >= least && value <= greatest, greatest == int.MaxValue ? $"{least} or more" : $"{least} to {greatest}");

    private static void Between(string name, double value, double end) =>
        Check(name, value, value > 0 && value < end, $"a number above 0 and under {end}");

    private static void Check(string name, double value, bool isRight, string expected)
    {
        if (!isRight)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}; expected is {expected}.");
        }
    }
}
