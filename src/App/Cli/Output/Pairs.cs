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
            WriteIndented(console, value, indent + 2);
        }
    }

    private static void WriteIndented(IAnsiConsole console, string value, int indent)
    {
        var width = Math.Max(console.Profile.Width - indent, 20);
        var line = "";
        foreach (var word in value.ReplaceLineEndings(" ").Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                console.Profile.Out.Writer.WriteLine(line);
                console.Profile.Out.Writer.Write(new string(' ', indent));
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        console.Profile.Out.Writer.WriteLine(line);
    }
}
