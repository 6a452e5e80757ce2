namespace Tradepost.App.Learning;

/// <summary>What <c>fit --json</c> prints.</summary>
/// <param name="Model">What was fitted.</param>
/// <param name="Rows">Rows with a target that it was fitted on.</param>
/// <param name="Features">Columns of the file that it uses.</param>
/// <param name="Metrics">How good it is, by name.</param>
/// <param name="FitSeconds">The fit alone.</param>
/// <param name="MetricsOf">The rows that the metrics are of: the test file, or a fifth held out.</param>
/// <param name="Importances">The most important features first; of linear models coefficients times deviations.</param>
/// <param name="Notes">What was decided on the way and a user should know.</param>
/// <param name="ReadAs">How the file was understood: delimiter, decimal sign.</param>
internal sealed record FitReport(
    string Model,
    int Rows,
    int Features,
    IReadOnlyDictionary<string, double> Metrics,
    double FitSeconds,
    string MetricsOf,
    IReadOnlyList<FitImportance> Importances,
    IReadOnlyList<string> Notes,
    string ReadAs
);
