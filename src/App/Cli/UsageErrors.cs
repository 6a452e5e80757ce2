using System.CommandLine;
using System.CommandLine.Parsing;
using Tradepost.Jobs;
using Tradepost.Storage;

namespace Tradepost.App.Cli;

/// <summary>Says what is wrong with a call, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static void ThrowIfAny(ParseResult parsed)
    {
        if (parsed is { UnmatchedTokens: [var first, ..], CommandResult.Command: not HandledCommand { TakesMore: true } })
        {
            throw new UsageException(Unknown(parsed.CommandResult.Command, first));
        }

        var errors = parsed
            .Errors.Where(error => error.SymbolResult != parsed.CommandResult || parsed.CommandResult.Command is HandledCommand)
            .ToList();
        if (errors.Count > 0)
        {
            throw new UsageException(Sentence(errors[0].Message));
        }
    }

    /// <summary>Refuses names, paths, e-mails and whatever else is typed with characters that nobody sees; a text such as SQL may have them.</summary>
    public static void ThrowIfHidden(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            foreach (
                var (symbol, tokens) in result
                    .Children.Select(Given)
                    .Where(given => given.Symbol is not null && given.Symbol != (result.Command as HandledCommand)?.FreeText)
            )
            {
                if (
                    tokens
                        .Select(token => HiddenCharacters.Refusal(symbol!.Name, token.Value))
                        .FirstOrDefault(refusal => refusal is not null) is
                    { } refusal
                )
                {
                    throw new UsageException(refusal);
                }
            }
        }
    }

    private static (Symbol? Symbol, IReadOnlyList<Token> Tokens) Given(SymbolResult result) =>
        result switch
        {
            OptionResult option => (option.Option, option.Tokens),
            ArgumentResult argument => (argument.Argument, argument.Tokens),
            _ => (null, []),
        };

    private static string Unknown(Command command, string word)
    {
        var path = HelpText.PathOf(command);
        if (word.StartsWith('-'))
        {
            var name = word.Split('=')[0];
            var options = command
                .Options.Concat(new RootCommand().Options)
                .Concat([GlobalOptions.Json, GlobalOptions.Data])
                .Select(option => option.Name);
            return $"There is no option '{name}' for '{path}'. {Hint(name, options.Distinct(), $"`{path} --help` lists them.")}";
        }

        if (command.Subcommands.Count == 0)
        {
            return $"'{path}' does not take '{word}'. `{path} --help` shows what it takes.";
        }

        var kind = command is { Name: "run" } ? "job" : "command";
        var names = command.Subcommands.Select(sub => sub.Name).ToList();
        return $"There is no {kind} '{word}'{(command is RootCommand || kind == "job" ? "" : $" in '{path}'")}. {Hint(word, names, $"There {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names)}.")}";
    }

    private static string Hint(string word, IEnumerable<string> names, string otherwise) =>
        Spelling.FindNearest(word, names) is { } nearest ? $"Did you mean '{nearest}'?" : otherwise;

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
