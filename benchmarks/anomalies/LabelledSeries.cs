namespace Tradepost.Benchmarks.Anomalies;

/// <summary>A series of the benchmark and the rows, first to last, that are labelled anomalous. Scores of its first rows do not count.</summary>
internal sealed record LabelledSeries(string Name, DateTime[] Times, double[] Values, (int First, int Last)[] Windows)
{
    private const double ProbationShare = 0.15;
    private const double ProbationCap = 5000;

    public string Folder => Name[..Name.IndexOf('/', StringComparison.Ordinal)];

    public int Probation => (int)Math.Min(Math.Floor(ProbationShare * Times.Length), ProbationShare * ProbationCap);
}
