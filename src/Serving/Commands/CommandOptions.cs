using System.CommandLine;
using System.CommandLine.Parsing;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands;

/// <summary>The options and operands that a record describes, for the parser, and how their texts become the record.</summary>
internal sealed class CommandOptions
{
    private const int MostListed = 4;

    private readonly ArgumentReader reader;
    private readonly List<(DescribedArgument Argument, Symbol Symbol)> all;

    private CommandOptions(Type type, Func<DescribedArgument, Symbol> symbolFor)
    {
        reader = ArgumentReader.Of(type);
        all = [.. reader.All.Select(argument => (argument, symbolFor(argument)))];
    }

    /// <summary>What may hold any character.</summary>
    public Symbol? FreeText => all.Find(pair => pair.Argument.IsFree).Symbol;

    /// <summary>Of a command: each is given once, and the parser says what is missing.</summary>
    public static CommandOptions Of(Type type) => new(type, SymbolFor);

    /// <summary>Of a job: the last text counts, and the job's arguments say what is missing, with the sentence of the API.</summary>
    public static CommandOptions OfJob(Type type) => new(type, JobSymbolFor);

    public void AddTo(Command command)
    {
        foreach (var (_, symbol) in all)
        {
            if (symbol is Argument operand)
            {
                command.Add(operand);
            }
            else
            {
                command.Add((Option)symbol);
            }
        }
    }

    /// <summary>The record, as a job takes it: its paths are as they were given.</summary>
    public object Read(ParseResult parsed) =>
        reader.FromText(
            all.Select(pair => (pair.Argument, Result: parsed.GetResult(pair.Symbol)))
                .Where(pair => pair.Result is OptionResult { Implicit: false } or ArgumentResult { Tokens.Count: > 0 })
                .Select(pair =>
                    KeyValuePair.Create(pair.Argument.Option, (IReadOnlyList<string>)[.. pair.Result!.Tokens.Select(token => token.Value)])
                )
        );

    /// <summary>The record, its paths absolute from the folder.</summary>
    public object Read(ParseResult parsed, string folder)
    {
        var options = Read(parsed);
        reader.Root(options, folder);
        return options;
    }

    private static Symbol SymbolFor(DescribedArgument argument) =>
        argument.IsPositional
            ? new Argument<string>(argument.Option)
            {
                Description = argument.Description,
                Arity = argument.IsRequired ? ArgumentArity.ExactlyOne : ArgumentArity.ZeroOrOne,
            }
            : Described(argument, OptionOf(argument), argument.IsRequired);

    // The parser's own checks of numbers go by the type.
    private static Option OptionOf(DescribedArgument argument) =>
        argument.IsList ? new Option<string[]>(argument.Option)
        : argument.Type == typeof(int) ? new Option<int>(argument.Option)
        : argument.Type == typeof(double) ? new Option<double>(argument.Option)
        : argument.IsFlag ? new Option<bool>(argument.Option)
        : new Option<string>(argument.Option);

    private static Symbol JobSymbolFor(DescribedArgument argument)
    {
        if (argument.IsPositional)
        {
            return new Argument<string[]>(argument.Option) { Description = Describe(argument), Arity = ArgumentArity.ZeroOrMore };
        }

        var option = new Option<string[]>(argument.Option)
        {
            Arity = argument.IsFlag ? ArgumentArity.ZeroOrMore : ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = argument.IsList,
        };
        return Described(argument, option, isRequired: false);
    }

    private static Option Described(DescribedArgument argument, Option option, bool isRequired)
    {
        option.Description = Describe(argument);
        option.HelpName = HelpNameOf(argument);
        option.Required = isRequired;
        return option;
    }

    private static string Describe(DescribedArgument argument)
    {
        var note =
            argument.IsRequired ? "(required)"
            : argument.DefaultText is { } text ? $"(default {text})"
            : "";
        return string.Join(' ', new[] { argument.Description.TrimEnd('.'), note }.Where(part => part.Length > 0));
    }

    private static string HelpNameOf(DescribedArgument argument) =>
        argument.IsFlag ? ""
        : argument.Find<PlaceholderAttribute>() is { } placeholder ? placeholder.Text
        : argument.Allowed is { } allowed && (argument.Type.IsEnum || allowed.Count <= MostListed) ? string.Join('|', allowed)
        : Type.GetTypeCode(argument.Type) switch
        {
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.Double or TypeCode.Decimal => "N",
            TypeCode.DateTime => "TIME",
            _ when argument.Type == typeof(DateOnly) => "DAY",
            _ when argument.Type == typeof(TimeSpan) => "DURATION",
            _ => "TEXT",
        };
}

/// <summary>Of a command that has none of its own.</summary>
internal sealed record NoOptions;
