using System.Data.Common;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.Jobs;

/// <summary>What a job works with: the same whether the command line, the API or a schedule started it.</summary>
public sealed class JobContext
{
    public required Settings Settings { get; init; }

    /// <summary>The store, with every domain's migrations applied.</summary>
    public required Store Store { get; init; }

    /// <summary>The tables of the whole program, for a job that makes a store of its own.</summary>
    public IReadOnlyList<MigrationSet> Migrations { get; init; } = [];

    public required TimeProvider Time { get; init; }

    public required IProgress<JobProgress> Progress { get; init; }

    /// <summary>What is written here is the run's log.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The run that this is; null outside a run.</summary>
    public Run? Run { get; init; }

    internal Func<DbConnection, bool, CancellationToken, Task>? Fence { get; init; }

    /// <summary>Starts and runs further runs inside this one.</summary>
    internal IInnerRuns? InnerRuns { get; init; }

    /// <summary>What the process has of jobs; null outside a run.</summary>
    internal JobHost? Host { get; init; }

    /// <summary>
    /// Called inside a transaction that publishes, as its last statement: it locks the run's row until the commit and throws when
    /// the run belongs to somebody else by now, so that a worker that was away publishes nothing.
    /// </summary>
    /// <exception cref="LostRunException">Another worker has taken the run over, or the run has ended.</exception>
    /// <exception cref="OperationCanceledException">The run is to stop.</exception>
    public Task FenceAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Fence?.Invoke(connection, false, cancellationToken) ?? Task.CompletedTask;

    /// <summary>
    /// The same for the transaction that completes the run's work. Once it is committed the run counts as succeeded, even when
    /// its process dies before it can say so; it is not executed again and publishes nothing twice.
    /// </summary>
    /// <exception cref="LostRunException">Another worker has taken the run over, or the run has ended.</exception>
    /// <exception cref="OperationCanceledException">The run is to stop.</exception>
    public Task PublishAsync(DbConnection connection, CancellationToken cancellationToken) =>
        Fence?.Invoke(connection, true, cancellationToken) ?? Task.CompletedTask;
}
