namespace Tradepost.Learning.Regression;

/// <summary>How every saved model begins.</summary>
internal sealed record ModelHeader(string Model, int Version);
