using System.CommandLine;
using Tradepost.Arguments;

namespace Tradepost.App.Cli.Jobs;

/// <summary>Options and operands of the commands about runs, and their values.</summary>
internal static class RunOptions
{
    public static Argument<string> Id(string what) => new("ID") { Description = $"the run's id, as jobs runs shows it: {what}" };

    public static Guid Get(ParseResult parsed, Argument<string> id) =>
        Guid.TryParse(parsed.GetRequiredValue(id), out var found)
            ? found
            : throw new UsageException($"\"{parsed.GetRequiredValue(id)}\" is no run's id; `tradepost jobs runs` lists them.");

    /// <summary>A value out of an enumeration, as people spell it.</summary>
    public static T? Get<T>(ParseResult parsed, Option<string?> option)
        where T : struct, Enum
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        var found = Enum.GetNames<T>()
            .FirstOrDefault(name => string.Equals(Spelling.Kebab(name), text.Replace('_', '-'), StringComparison.OrdinalIgnoreCase));
        return found is not null
            ? Enum.Parse<T>(found)
            : throw new UsageException(
                $"{option.Name} is \"{text}\"; allowed are {string.Join(", ", Enum.GetNames<T>().Select(Spelling.Kebab))}."
            );
    }

    public static Option<string?> Of<T>(string name, string description)
        where T : struct, Enum =>
        new(name) { Description = description, HelpName = string.Join('|', Enum.GetNames<T>().Select(Spelling.Kebab)) };

    public static Option<int> Limit(int most) =>
        new("--limit")
        {
            Description = $"Most to show (default {most})",
            HelpName = "N",
            DefaultValueFactory = _ => most,
        };

    public static int Get(ParseResult parsed, Option<int> limit) =>
        parsed.GetValue(limit) is > 0 and <= 1000 and var number
            ? number
            : throw new UsageException($"--limit is {parsed.GetValue(limit)}; expected is a whole number from 1 to 1000.");
}
