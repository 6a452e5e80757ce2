using System.Text.Json.Nodes;

namespace Tradepost.Jobs.Runs;

/// <summary>Runs that a run consists of: each has a record of its own and is executed where its parent is.</summary>
internal interface IInnerRuns
{
    Task<Run> RunAsync(JobDefinition job, object arguments, JsonObject shown, CancellationToken cancellationToken);
}
