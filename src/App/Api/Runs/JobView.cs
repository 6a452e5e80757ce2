using System.Text.Json.Nodes;
using Tradepost.Jobs;

namespace Tradepost.App.Api.Runs;

/// <summary>A job that can be started.</summary>
/// <param name="Name">Its name in every place.</param>
/// <param name="Description">What it does.</param>
/// <param name="TimeoutSeconds">After this a run of it is stopped.</param>
/// <param name="CanBackfill">Whether it can be started for a span of days.</param>
/// <param name="Arguments">The JSON schema of its arguments.</param>
internal sealed record JobView(string Name, string Description, double TimeoutSeconds, bool CanBackfill, JsonObject Arguments)
{
    public static JobView Of(JobDefinition job) => new(job.Name, job.Description, job.Timeout.TotalSeconds, job.Interval is not null, JobArguments.Of(job).Schema());
}
