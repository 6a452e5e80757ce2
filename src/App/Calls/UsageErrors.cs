using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Calls;

/// <summary>Says what is wrong with a call, and what was probably meant.</summary>
internal static class UsageErrors
{
    public static void ThrowIfAny(ParseResult parsed)
    {
        if (parsed is { UnmatchedTokens: [var first, ..], CommandResult.Command: not HandledCommand { TakesMore: true } })
        {
            throw new UsageException(Unknown(parsed.CommandResult.Command, first));
        }

        ThrowIfNoNumber(parsed);
        var errors = parsed
            .Errors.Where(error => error.SymbolResult != parsed.CommandResult || parsed.CommandResult.Command is HandledCommand)
            .ToList();
        if (errors.Count > 0)
        {
            throw new UsageException(Sentence(errors[0].Message));
        }
    }

    /// <summary>
    /// Refuses names, paths, e-mails and whatever else is typed with characters that nobody sees; a text such as SQL may have them.
    /// </summary>
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

    /// <summary>Numbers are plain digits with a point; the parser's own would take 1,5 for 15 and speaks of System.Int32.</summary>
    private static void ThrowIfNoNumber(ParseResult parsed)
    {
        for (var result = parsed.CommandResult; result is not null; result = result.Parent as System.CommandLine.Parsing.CommandResult)
        {
            foreach (var (symbol, tokens) in result.Children.Select(Given).Where(given => given.Symbol is not null))
            {
                var type = symbol is Option option ? option.ValueType : ((Argument)symbol!).ValueType;
                if (
                    Expected(Nullable.GetUnderlyingType(type) ?? type) is { } expected
                    && tokens.FirstOrDefault(token => !expected.Is(token.Value)) is { } bad
                )
                {
                    throw new UsageException($"{symbol!.Name} is '{bad.Value}'; expected is {expected.What}.");
                }
            }
        }
    }

    private static (Func<string, bool> Is, string What)? Expected(Type type) =>
        type == typeof(int) ? (text => IsWhole(text, int.MinValue, int.MaxValue), "a whole number, at most 2147483647")
        : type == typeof(long) ? (text => IsWhole(text, long.MinValue, long.MaxValue), "a whole number")
        : type == typeof(double) ? (IsNumber, "a number such as 1.5")
        : type == typeof(bool) ? (text => bool.TryParse(text, out _), "true or false")
        : null;

    private static bool IsWhole(string text, long least, long greatest) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= least
        && number <= greatest;

    private static bool IsNumber(string text) =>
        double.TryParse(
            text,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture,
            out var number
        ) && double.IsFinite(number);

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
        return $"There is no {kind} '{word}'{(command is RootCommand || kind == "job" ? "" : $" in '{path}'")}. "
            + $"{Hint(word, names, $"There {(names.Count == 1 ? "is" : "are")} {string.Join(", ", names)}.")}";
    }

    private static string Hint(string word, IEnumerable<string> names, string otherwise) =>
        Spelling.FindNearest(word, names) is { } nearest ? $"Did you mean '{nearest}'?" : otherwise;

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
