using System.Data.Common;

namespace Tradepost.Training.Backtests;

/// <summary>How something is to be trained.</summary>
public sealed record TrainingRequest
{
    /// <summary>Who asked for it.</summary>
    public required string By { get; init; }

    /// <summary>The run that does it; null outside of runs.</summary>
    public Guid? RunId { get; init; }

    /// <summary>Whether the version is to be put into production, if it is not worse than what is there.</summary>
    public bool Promote { get; init; }

    /// <summary>Told of each step: training, judging, registering.</summary>
    public Action<string> Began { get; init; } = _ => { };

    /// <summary>Called in the transaction before it is committed.</summary>
    public Func<DbConnection, CancellationToken, Task> Publish { get; init; } = (_, _) => Task.CompletedTask;
}
