namespace Tradepost.App.Learning.Clicks;

/// <summary>What <c>clicks score</c> says of a file.</summary>
/// <param name="MeanProbability">Of the rows.</param>
/// <param name="MeanWidth">Of their intervals; null without intervals.</param>
/// <param name="ReadAs">How the file was understood.</param>
internal sealed record ClickScoreReport(long Rows, double MeanProbability, double? MeanWidth, double Seconds, string ReadAs);
