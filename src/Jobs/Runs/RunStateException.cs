namespace Tradepost.Jobs.Runs;

/// <summary>A run is not in a state in which this can be done to it.</summary>
public sealed class RunStateException(Run run, string message) : Exception(message)
{
    public Run Run { get; } = run;
}
