namespace Tradepost.Jobs.Runs;

/// <summary>A line of a run's log.</summary>
/// <param name="Number">Ascending within the run, not without gaps: the place to go on reading from.</param>
/// <param name="Level"><c>debug</c>, <c>information</c>, <c>warning</c>, <c>error</c> or <c>critical</c>.</param>
public sealed record RunLogLine(long Number, DateTime At, string Level, string Message);
