namespace Tradepost.App.Cli.Learning.Clicks;

/// <summary>What <c>clicks score</c> says of a file.</summary>
/// <param name="MeanProbability">Of the rows.</param>
/// <param name="MeanWidth">Of their intervals; null without intervals.</param>
internal sealed record ClickScoreReport(long Rows, double MeanProbability, double? MeanWidth, double Seconds);
