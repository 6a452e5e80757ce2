using Tradepost.Jobs.Runs;
using Tradepost.Serving.Requests;

namespace Tradepost.Serving.Runs;

/// <summary>A run that waits for a worker, or the one that was started before with the same idempotency key.</summary>
public sealed record RunStarted(Guid Id, string Job, RunState State);

/// <summary>A run to start: nothing but the job's own arguments.</summary>
public sealed record RunStart : IHasArguments;
