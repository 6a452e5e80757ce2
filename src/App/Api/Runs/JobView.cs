using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;

namespace Tradepost.App.Api.Runs;

/// <summary>A job that can be started.</summary>
/// <param name="Name">Its name in every place.</param>
/// <param name="Description">What it does.</param>
/// <param name="TimeoutSeconds">After this a run of it is stopped.</param>
/// <param name="CanBackfill">Whether it can be started for a span of days.</param>
/// <param name="Role">Who may start it.</param>
/// <param name="Arguments">The JSON schema of its arguments; x-role says who may give other values than the default, x-free-up-to up to which number everybody may.</param>
internal sealed record JobView(
    string Name,
    string Description,
    double TimeoutSeconds,
    bool CanBackfill,
    AskerRole Role,
    JsonObject Arguments
)
{
    public static JobView Of(JobDefinition job) =>
        new(
            job.Name,
            job.Description,
            job.Timeout.TotalSeconds,
            job.Interval is not null,
            job.Role,
            ArgumentReader.Of(job.Arguments).Schema()
        );
}
