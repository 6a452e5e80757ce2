using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Json.Nodes;
using Tradepost.App.Cli.Jobs;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Rights;

namespace Tradepost.App.Cli;

/// <summary>Commands that are made from jobs: <c>retail etl</c>, <c>jobs run retail.etl</c>, <c>jobs list</c>.</summary>
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
        var arguments = ArgumentReader.Of(job.Arguments);
        var options = arguments.All.Select(argument => (argument, Symbol: SymbolFor(argument))).ToList();
        var queue = new Option<bool>("--queue") { Description = "Leave it to a worker, and show the run that waits for it" };
        var command = new HandledCommand(name, job.Description, async (parsed, session, cancellationToken) =>
        {
            var given = options
                .Select(pair => (pair.argument, Result: parsed.GetResult(pair.Symbol)))
                .Where(pair => pair.Result is OptionResult { Implicit: false } or ArgumentResult { Tokens.Count: > 0 })
                .Select(pair =>
                    KeyValuePair.Create(pair.argument.Option, (IReadOnlyList<string>)[.. pair.Result!.Tokens.Select(token => token.Value)])
                );
            var value = arguments.FromText(given);
            return mayQueue && parsed.GetValue(queue)
                ? await QueueAsync(session, job, value, cancellationToken)
                : new CommandResult(await session.RunAsync(job, value, cancellationToken));
        });
        if (mayQueue)
        {
            command.Add(queue);
        }

        foreach (var (_, symbol) in options)
        {
            if (symbol is Argument values)
            {
                command.Add(values);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }

        return command;
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

    // The texts are read by the job's arguments, so that the command line and the API refuse the same with the same sentence.
    private static Symbol SymbolFor(DescribedArgument argument) => argument.IsPositional ? ValuesFor(argument) : OptionFor(argument);

    // Without any, the job's arguments say what is missing.
    private static Argument<string[]> ValuesFor(DescribedArgument argument) =>
        new(argument.Option) { Description = Describe(argument), Arity = ArgumentArity.ZeroOrMore };

    private static Option<string[]> OptionFor(DescribedArgument argument) =>
        new(argument.Option)
        {
            Description = Describe(argument),
            HelpName =
                argument.IsFlag ? ""
                : argument.Allowed is { Count: <= 4 } allowed ? string.Join('|', allowed)
                : HelpNameOf(argument),
            Arity = argument.IsFlag ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore, // given twice, the last counts
            AllowMultipleArgumentsPerToken = argument.IsList,
        };

    private static string Describe(DescribedArgument argument)
    {
        var note =
            argument.IsRequired ? "(required)"
            : argument.DefaultText is { } text ? $"(default {text})"
            : "";
        return string.Join(' ', new[] { argument.Description.TrimEnd('.'), note }.Where(part => part.Length > 0));
    }

    private static string HelpNameOf(DescribedArgument argument) =>
        Type.GetTypeCode(argument.Type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double or TypeCode.Decimal => "N",
            TypeCode.DateTime => "TIME",
            _ when argument.Type == typeof(DateOnly) => "DAY",
            _ when argument.Type == typeof(TimeSpan) => "DURATION",
            _ => "TEXT",
        };

    /// <summary>Who may start a job over HTTP, and which of its arguments fewer may set; at the command line everything is allowed.</summary>
    private static string Who(JobDefinition job) =>
        string.Join(
            ", ",
            JobRights
                .Reserved(job)
                .Select(pair =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{pair.Argument.Key}{(pair.Reserved.FreeUpTo is { } most ? $" above {most}" : "")}: {(pair.Reserved.Role == AskerRole.Operator ? "nobody" : Spelling.Snake(pair.Reserved.Role.ToString()))}"
                    )
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
