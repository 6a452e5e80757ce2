using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Runs;

/// <summary>No run has this id.</summary>
public sealed class UnknownRunException(Guid id) : ForeseenException(FailureKind.NotFound, $"There is no run {id}.")
{
    public Guid RunId { get; } = id;
}
