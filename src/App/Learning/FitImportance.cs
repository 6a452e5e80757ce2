namespace Tradepost.App.Learning;

/// <summary>How much a feature matters: a share for trees, a coefficient times the column's deviation for linear models.</summary>
internal sealed record FitImportance(string Feature, double Importance);
