using Tradepost.Jobs;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>A command of the learning library: it needs files and no store.</summary>
internal static class FileCommand
{
    public static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, Session, IProgress<JobProgress>, CancellationToken, CommandResult> run
    )
        where T : notnull =>
        HandledCommand.Of<T>(
            name,
            description,
            async (request, session, cancellationToken) =>
            {
                try
                {
                    return await session.ShowProgressAsync(progress =>
                        Task.Run(() => run(request, session, progress, cancellationToken), cancellationToken)
                    );
                }
                catch (ArgumentException e)
                {
                    throw new UsageException(Sentences.Of(e));
                }
            },
            isLocal: true
        );
}
