using Tradepost.Jobs.Runs;

namespace Tradepost.App.Api.Runs;

/// <summary>A run that waits for a worker, or the one that was started before with the same idempotency key.</summary>
internal sealed record RunStarted(Guid Id, string Job, RunState State)
{
    public static RunStarted Of(Run run) => new(run.Id, run.Job, run.State);
}
