namespace Tradepost.Storage.Retrying;

/// <summary>An attempt that failed and is followed by another.</summary>
/// <param name="Attempt">Counted from 1.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Pause">The wait that follows.</param>
public readonly record struct Retry(int Attempt, Exception Failure, TimeSpan Pause);
