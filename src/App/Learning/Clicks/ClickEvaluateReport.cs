using Tradepost.Learning.Clicks;

namespace Tradepost.App.Learning.Clicks;

/// <summary>What <c>clicks evaluate --json</c> prints: the evaluation, and how the file was understood.</summary>
internal sealed record ClickEvaluateReport : ClickEvaluation
{
    public ClickEvaluateReport(ClickEvaluation evaluation, string readAs)
        : base(evaluation) => ReadAs = readAs;

    public string ReadAs { get; }
}
