using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Tradepost.App.Cli;

/// <summary>Where a command's results and messages go, and how wide and how colourful they may be there.</summary>
/// <param name="Results">Standard output.</param>
/// <param name="Messages">Standard error: errors, logs, progress.</param>
/// <param name="ResultsAreSeen">Whether a person looks at standard output.</param>
/// <param name="MessagesAreSeen">Whether a person looks at standard error.</param>
internal sealed record Terminal(IAnsiConsole Results, IAnsiConsole Messages, bool ResultsAreSeen, bool MessagesAreSeen)
{
    /// <summary>Standard input, for what must not stand on the command line.</summary>
    public TextReader Input { get; init; } = Console.In;

    private const int WidthOfFiles = 100;

    public static Terminal OfProcess() => new(
        Open(Console.OpenStandardOutput(), Console.IsOutputRedirected),
        Open(Console.OpenStandardError(), Console.IsErrorRedirected),
        !Console.IsOutputRedirected,
        !Console.IsErrorRedirected);

    private static IAnsiConsole Open(Stream stream, bool isRedirected)
    {
        var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var isPlain = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var hasColour = !isPlain && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Yes,
            ColorSystem = hasColour ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Yes,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = Width(isRedirected);
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static int Width(bool isRedirected)
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns >= 20)
        {
            return columns;
        }

        return !isRedirected && Console.WindowWidth is >= 20 and var width ? width : WidthOfFiles;
    }
}
