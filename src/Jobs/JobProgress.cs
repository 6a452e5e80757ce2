namespace Tradepost.Jobs;

/// <summary>How far a run is: the step it is in, and how much of it is done.</summary>
/// <param name="Step">What is being done, as the user reads it.</param>
/// <param name="Done">Units done in this step.</param>
/// <param name="Total">Units in all; null when that is not known.</param>
public readonly record struct JobProgress(string Step, long Done = 0, long? Total = null);
