using Spectre.Console;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>Names and values, one a line, the values under each other.</summary>
internal static class Pairs
{
    public static void Write(IAnsiConsole console, IReadOnlyList<(string Name, string Value)> pairs)
    {
        var indent = pairs.Count == 0 ? 0 : pairs.Max(pair => pair.Name.Length);
        foreach (
            var (name, value) in pairs.Select(pair =>
                (HiddenCharacters.Escape(pair.Name), HiddenCharacters.Escape(pair.Value.ReplaceLineEndings(" ")))
            )
        )
        {
            console.Markup($"[grey]{Markup.Escape(name.PadRight(indent))}[/]  ");
            var width = Math.Max(console.Profile.Width - indent - 2, 20);
            var lines = value.Length <= width ? [value] : Words.Wrap(value, width);
            console.Lines(lines, indent + 2);
        }
    }
}
