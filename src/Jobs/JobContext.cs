using Microsoft.Extensions.Logging;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs;

/// <summary>What a job works with: the same whether the command line, the API or a schedule started it.</summary>
public sealed class JobContext
{
    public required Settings Settings { get; init; }

    /// <summary>The store, with every domain's migrations applied.</summary>
    public required Store Store { get; init; }

    public required TimeProvider Time { get; init; }

    public required IProgress<JobProgress> Progress { get; init; }

    public required ILogger Logger { get; init; }
}
