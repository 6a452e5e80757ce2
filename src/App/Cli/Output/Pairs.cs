using Spectre.Console;

namespace Tradepost.App.Cli.Output;

/// <summary>Names and values, one a line, the values under each other.</summary>
internal static class Pairs
{
    public static void Write(IAnsiConsole console, IReadOnlyList<(string Name, string Value)> pairs)
    {
        var indent = pairs.Count == 0 ? 0 : pairs.Max(pair => pair.Name.Length);
        foreach (var (name, value) in pairs)
        {
            console.Markup($"[grey]{Markup.Escape(name.PadRight(indent))}[/]  ");
            var lines = Words.Wrap(value.ReplaceLineEndings(" "), Math.Max(console.Profile.Width - indent - 2, 20));
            console.Profile.Out.Writer.WriteLine(string.Join($"\n{new string(' ', indent + 2)}", lines));
        }
    }
}
