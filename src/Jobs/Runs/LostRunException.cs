using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Runs;

/// <summary>A run belongs to another worker by now, or has ended: nothing of this attempt may become visible.</summary>
public sealed class LostRunException(Guid id)
    : ForeseenException(
        FailureKind.Failed,
        $"Run {id} was taken over or ended while this process was away; nothing of this attempt was published."
    )
{
    public Guid RunId { get; } = id;
}
