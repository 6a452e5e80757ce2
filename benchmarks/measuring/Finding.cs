namespace Tradepost.Benchmarks.Measuring;

/// <summary>A figure, and what was promised about it.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Wanted">What was promised, in words; empty when nothing was.</param>
/// <param name="IsMet">Whether it was kept.</param>
internal sealed record Finding(string Name, double Value, string Wanted, bool IsMet)
{
    public static Finding Figure(string name, double value) => new(name, value, "", IsMet: true);

    public static Finding AtLeast(string name, double value, double least) =>
        new(name, value, FormattableString.Invariant($"at least {least}"), value >= least);

    public static Finding AtMost(string name, double value, double most) =>
        new(name, value, FormattableString.Invariant($"at most {most}"), value <= most);
}
