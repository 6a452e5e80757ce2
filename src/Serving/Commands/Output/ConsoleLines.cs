using Spectre.Console;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>Lines past the console's own wrapping. The only way to its writer: whatever a text holds, one call is one line.</summary>
public static class ConsoleLines
{
    /// <summary>Writes one line.</summary>
    public static void Line(this IAnsiConsole console, string text = "") => WriterOf(console).WriteLine(HiddenCharacters.Escape(text));

    /// <summary>Lines under each other, all but the first behind an indent.</summary>
    public static void Lines(this IAnsiConsole console, IEnumerable<string> lines, int indent)
    {
        var start = "";
        foreach (var line in lines)
        {
            console.Line(start + line);
            start = new string(' ', indent);
        }
    }

#pragma warning disable RS0030 // Here is the place that the ban points to; others than Line write what is escaped already: JSON, logs, another process's output.
    internal static TextWriter WriterOf(IAnsiConsole console) => console.Profile.Out.Writer;
#pragma warning restore RS0030
}
