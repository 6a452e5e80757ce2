namespace Tradepost.App.Api.Learning;

/// <summary>What one part of a model contributes to each row.</summary>
internal sealed record SeriesComponent(string Name, IReadOnlyList<double> Values);
