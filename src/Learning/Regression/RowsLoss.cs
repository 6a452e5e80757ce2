namespace Tradepost.Learning.Regression;

/// <summary>How bad predictions are: less is better.</summary>
/// <param name="actual">What came.</param>
/// <param name="predicted">What was predicted, one per value.</param>
public delegate double RowsLoss(ReadOnlySpan<double> actual, ReadOnlySpan<double> predicted);
