using Tradepost.Jobs;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Runs;

/// <summary>A command on the jobs of the store.</summary>
internal static class JobsCommand
{
    public static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, JobHost, Session, CancellationToken, Task<CommandResult>> run
    )
        where T : notnull =>
        HandledCommand.Of<T>(name, description, (options, session, cancellationToken) =>
            session.WithJobsAsync(jobs => run(options, jobs, session, cancellationToken), cancellationToken)
        );
}
