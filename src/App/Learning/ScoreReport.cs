namespace Tradepost.App.Learning;

/// <summary>What <c>score --json</c> prints.</summary>
/// <param name="Metrics">When the file has the target; else null.</param>
/// <param name="ReadAs">How the file was understood: delimiter, decimal sign.</param>
/// <param name="Notes">What was guessed on the way and a user should know.</param>
internal sealed record ScoreReport(
    string Model,
    int Rows,
    double Mean,
    double Least,
    double Greatest,
    double ScoreSeconds,
    IReadOnlyDictionary<string, double>? Metrics,
    string ReadAs,
    IReadOnlyList<string> Notes
);
