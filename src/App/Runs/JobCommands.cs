using System.CommandLine;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;
using Tradepost.Serving;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Runs;

/// <summary>Commands that are made from jobs: <c>DOMAIN VERB</c>, <c>jobs run DOMAIN.VERB</c>, <c>jobs list</c>.</summary>
internal static class JobCommands
{
    /// <summary>A domain's jobs under its name.</summary>
    public static Command Of(Domain domain)
    {
        var group = new Command(domain.Name, domain.Description);
        foreach (var job in domain.Jobs)
        {
            group.Add(Run(job, job.Name[(job.Name.IndexOf('.', StringComparison.Ordinal) + 1)..]));
        }

        return group;
    }

    public static Command All()
    {
        var run = new Command("run", "Run a job.");
        foreach (var job in Domains.Jobs)
        {
            run.Add(Run(job, job.Name, mayQueue: true));
        }

        var all = new Command("jobs", "What can be run, and what has been.")
        {
            new HandledCommand("list", "List the jobs and their arguments.", (_, _, _) => Task.FromResult(List())),
            run,
            BackfillCommand.Create(),
        };
        foreach (var command in RunCommands.All())
        {
            all.Add(command);
        }

        return all;
    }

    private static HandledCommand Run(JobDefinition job, string name, bool mayQueue = false)
    {
        var options = new Lazy<CommandOptions>(() => CommandOptions.OfJob(job.Arguments));
        var queue = new Option<bool>("--queue") { Description = "Leave it to a worker, and show the run that waits for it" };
        return new HandledCommand(name, job.Description, async (parsed, session, cancellationToken) =>
        {
            var arguments = options.Value.Read(parsed);
            return mayQueue && parsed.GetValue(queue)
                ? await QueueAsync(session, job, arguments, cancellationToken)
                : new CommandResult(await session.RunAsync(job, arguments, cancellationToken));
        })
        {
            AddOptions = command =>
            {
                if (mayQueue)
                {
                    command.Add(queue);
                }

                options.Value.AddTo(command);
            },
        };
    }

    private static Task<CommandResult> QueueAsync(
        Session session,
        JobDefinition job,
        object arguments,
        CancellationToken cancellationToken
    ) =>
        session.WithJobsAsync(
            async jobs =>
                RunCommands.Describe(
                    await jobs.Runs.StartAsync(job, arguments, session.Asker, idempotencyKey: null, cancellationToken),
                    "It waits for `tradepost worker` or `tradepost serve`."
                ),
            cancellationToken
        );

    /// <summary>
    /// Who may start a job over HTTP, and which of its arguments fewer may set; at the command line everything is allowed.
    /// </summary>
    private static string Who(JobDefinition job) =>
        string.Join(
            ", ",
            JobRights
                .Reserved(job)
                .Select(pair =>
                    $"{pair.Argument.Key}{(pair.Reserved.FreeUpTo is { } most ? $" above {most}" : "")}: "
                    + $"{(pair.Reserved.Role == AskerRole.Operator ? "nobody" : Spelling.Snake(pair.Reserved.Role.ToString()))}"
                )
                .Prepend(Spelling.Snake(job.Role.ToString()))
        );

    private static CommandResult List()
    {
        var jobs = Domains.Jobs.ToList();
        return new CommandResult(
            new
            {
                Items = jobs.Select(job => new
                    {
                        job.Name,
                        job.Description,
                        job.Role,
                        Arguments = (JsonNode)ArgumentReader.Of(job.Arguments).Schema(),
                    })
                    .ToList(),
            },
            printer =>
                printer.Table(
                    ["job", "who over HTTP", "what it does"],
                    jobs.Select(job => (IReadOnlyList<object?>)[job.Name, Who(job), job.Description])
                )
        );
    }
}
