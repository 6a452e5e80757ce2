namespace Tradepost.Jobs.Runs;

/// <summary>How far a run is, as it was last written down.</summary>
public sealed record RunProgress(string Step, long? Done, long? Total);
