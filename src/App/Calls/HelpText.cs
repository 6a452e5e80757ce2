using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Calls;

/// <summary>What <c>--help</c> shows: for the program the commands by domain, for a command its options.</summary>
internal static class HelpText
{
    private const string Program = "tradepost";

    public static bool IsAskedFor(ParseResult parsed) =>
        parsed.Action is HelpAction || (parsed.CommandResult.Command is RootCommand && parsed.Tokens.Count == 0);

    /// <summary>A command as it is typed: <c>tradepost jobs list</c>.</summary>
    public static string PathOf(Command command) =>
        command is RootCommand ? Program : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";

    public static void Write(Command command, IAnsiConsole console)
    {
        if (command is RootCommand)
        {
            WriteProgram(command, console);
        }
        else
        {
            WriteCommand(command, console);
        }
    }

    private static void WriteProgram(Command root, IAnsiConsole console)
    {
        console.Line(root.Description!);
        console.Line();
        console.Line("Usage: tradepost COMMAND [options]");
        var groups = root.Subcommands.Where(command => command.Subcommands.Count > 0).ToList();
        Title(console, "To begin with");
        Rows(console, root.Subcommands.Except(groups).Select(command => (command.Name + Operands(command), command.Description!)));
        foreach (var group in groups)
        {
            Title(console, $"{group.Name}: {group.Description!.TrimEnd('.')}");
            Rows(
                console,
                group.Subcommands.Select(command =>
                    ($"{group.Name} {command.Name}{(command.Subcommands.Count > 0 ? " NAME" : Operands(command))}", command.Description!)
                )
            );
        }

        Title(console, "Every command takes");
        Rows(console, [.. Common(), ("--version", "print the version")]);
    }

    private static void WriteCommand(Command command, IAnsiConsole console)
    {
        var options = command.Options.Where(option => !CommandTree.IsPlumbing(option)).ToList();
        console.Line(command.Description!);
        console.Line();
        console.Line($"Usage: {PathOf(command)}{(command.Subcommands.Count > 0 ? " COMMAND" : Operands(command))} [options]");
        if (command.Subcommands.Count > 0)
        {
            Title(console, "Commands");
            Rows(console, command.Subcommands.Select(sub => (sub.Name + Operands(sub), sub.Description!)));
        }

        if (command.Arguments.Count > 0)
        {
            Title(console, "Arguments");
            Rows(console, command.Arguments.Select(argument => (argument.Name, argument.Description ?? "")));
        }

        if (options.Count > 0)
        {
            Title(console, "Options");
            Rows(console, options.Select(option => ($"{option.Name} {option.HelpName}".TrimEnd(), option.Description ?? "")));
        }

        Title(console, "Every command takes");
        Rows(console, Common());
    }

    private static string Operands(Command command) => string.Concat(command.Arguments.Select(argument => $" {argument.Name}"));

    private static IReadOnlyList<(string Name, string Text)> Common() =>
        [("--json", GlobalOptions.Json.Description!), ("--data DIR", GlobalOptions.Data.Description!), ("--help", "show this")];

    private static void Title(IAnsiConsole console, string text)
    {
        console.Line();
        console.MarkupLine($"[bold]{Markup.Escape(text)}[/]");
    }

    private static void Rows(IAnsiConsole console, IEnumerable<(string Name, string Text)> rows)
    {
        var all = rows.ToList();
        var column = Math.Min(all.Max(row => row.Name.Length), 30) + 4;
        foreach (var (name, text) in all)
        {
            var lines = Words.Wrap(text, Math.Max(console.Profile.Width - column, 20)).ToList();
            if (name.Length + 4 > column)
            {
                console.Lines([$"  {name}", .. lines], column);
            }
            else
            {
                console.Lines([$"  {name}".PadRight(column) + lines[0], .. lines[1..]], column);
            }
        }
    }
}
