namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>score --json</c> prints.</summary>
/// <param name="Metrics">When the file has the target; else null.</param>
internal sealed record ScoreReport(
    string Model,
    int Rows,
    double Mean,
    double Least,
    double Greatest,
    double ScoreSeconds,
    IReadOnlyDictionary<string, double>? Metrics
);
