namespace Tradepost.Jobs.Workers;

public sealed record WorkerOptions
{
    /// <summary>Runs at once in this worker.</summary>
    public int Concurrency { get; init; } = 4;
}
