using System.Text.Json.Nodes;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Backfills;

/// <summary>Runs that a run consists of: each has a record of its own and is executed where its parent is.</summary>
internal interface IInnerRuns
{
    BackfillService Backfills { get; }

    JobCatalogue Catalogue { get; }

    Task<Run> RunAsync(JobDefinition job, object arguments, JsonObject shown, CancellationToken cancellationToken);
}
