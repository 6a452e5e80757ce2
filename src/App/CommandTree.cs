using System.CommandLine;
using System.CommandLine.Help;
using Tradepost.App.Alerts;
using Tradepost.App.Calls;
using Tradepost.App.Data;
using Tradepost.App.Demo;
using Tradepost.App.Doctor;
using Tradepost.App.Hosting;
using Tradepost.App.Learning;
using Tradepost.App.Learning.Budgets;
using Tradepost.App.Learning.Clicks;
using Tradepost.App.Models;
using Tradepost.App.Runs;
using Tradepost.App.Schedules;
using Tradepost.App.Users.Administration;
using Tradepost.Serving.Commands;

namespace Tradepost.App;

/// <summary>All commands.</summary>
internal static class CommandTree
{
    // Made once: the options that every command has keep a reference to each tree they are put into.
    private static readonly Lazy<RootCommand> Built = new(Build);

    private static readonly HelpOption Help = new();

    private static readonly Lazy<RootCommand> Whole = new(() => Complete(Built.Value, _ => true));

    /// <summary>With the options of every command; for a process that reads many calls, at once.</summary>
    public static RootCommand Root => Whole.Value;

    /// <summary>For the one call of a process: with the options of the commands that it may mean, or of all where it asks for help.</summary>
    public static RootCommand For(string[] arguments) =>
        arguments.Length == 0 || arguments.Any(text => text == Help.Name || Help.Aliases.Contains(text))
            ? Root
            : Complete(Built.Value, command => arguments.Contains(command.Name));

    private static RootCommand Complete(RootCommand root, Predicate<Command> isMeant)
    {
        Complete(root.Subcommands, isMeant);
        return root;
    }

    private static void Complete(IEnumerable<Command> commands, Predicate<Command> isMeant)
    {
        foreach (var command in commands)
        {
            if (command is HandledCommand handled && isMeant(handled))
            {
                handled.Complete();
            }

            Complete(command.Subcommands, isMeant);
        }
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("From feeds to a warehouse, models and predictions.");
        root.Add(GlobalOptions.Json);
        root.Add(GlobalOptions.Data);
        root.Add(DemoCommand.Create());
        root.Add(ServeCommand.Create());
        root.Add(WorkerCommand.Create());
        root.Add(ForecastCommand.Create());
        root.Add(DetectCommand.Create());
        root.Add(FitCommand.Create());
        root.Add(ScoreCommand.Create());
        root.Add(AllocateCommand.Create());
        root.Add(DoctorCommand.Create());
        foreach (var domain in Domains.All)
        {
            var group = JobCommands.Of(domain);
            foreach (var command in domain.Commands())
            {
                group.Add(command);
            }

            root.Add(group);
        }

        root.Add(ClickCommands.All());
        root.Add(JobCommands.All());
        root.Add(ModelCommands.All());
        root.Add(UserCommands.All());
        root.Add(ScheduleCommands.All());
        root.Add(AlertCommands.All());
        root.Add(DatabaseCommands.All());
        return root;
    }

    public static bool IsPlumbing(Option option) =>
        option is HelpOption or VersionOption || option == GlobalOptions.Json || option == GlobalOptions.Data;
}
