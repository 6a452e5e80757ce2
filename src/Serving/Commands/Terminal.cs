using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using Tradepost.Arguments;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.Serving.Commands;

/// <summary>Where a command's results and messages go, and how wide and how colourful they may be there.</summary>
/// <param name="Results">Standard output.</param>
/// <param name="Messages">Standard error: errors, logs, progress.</param>
/// <param name="ResultsAreSeen">Whether a person looks at standard output.</param>
/// <param name="MessagesAreSeen">Whether a person looks at standard error.</param>
public sealed record Terminal(IAnsiConsole Results, IAnsiConsole Messages, bool ResultsAreSeen, bool MessagesAreSeen)
{
    private const int WidthOfFiles = 100;

    /// <summary>Standard input, for what must not stand on the command line.</summary>
    public TextReader Input { get; init; } = Console.In;

    /// <summary>The folder that relative paths start from.</summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    internal static Terminal OfProcess()
    {
        var (results, messages) = (Shape(Console.IsOutputRedirected), Shape(Console.IsErrorRedirected));
        return Open(
            new StandardStream(Console.OpenStandardOutput(), isResults: true),
            results,
            new StandardStream(Console.OpenStandardError(), isResults: false),
            messages
        );
    }

    /// <summary>A terminal over two streams that look like this.</summary>
    internal static Terminal Open(Stream results, ConsoleShape resultsShape, Stream messages, ConsoleShape messagesShape) =>
        new(Open(results, resultsShape), Open(messages, messagesShape), resultsShape.IsSeen, messagesShape.IsSeen)
        {
            ResultsShape = resultsShape,
            MessagesShape = messagesShape,
        };

    /// <summary>What the streams look like, for a terminal elsewhere that is to write the same.</summary>
    internal ConsoleShape ResultsShape { get; private init; } = ConsoleShape.OfFile(WidthOfFiles);

    internal ConsoleShape MessagesShape { get; private init; } = ConsoleShape.OfFile(WidthOfFiles);

    internal void WriteJson(object value) =>
        ConsoleLines
            .WriterOf(Results)
            .WriteLine(JsonSerializer.Serialize(value, value.GetType(), ResultsAreSeen ? ResultJson.Indented : ResultJson.Options));

    private static IAnsiConsole Open(Stream stream, ConsoleShape shape)
    {
        var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = shape.IsPlain ? AnsiSupport.No : AnsiSupport.Yes,
                ColorSystem = shape.HasColour ? ColorSystemSupport.EightBit : ColorSystemSupport.NoColors,
                Interactive = shape.IsPlain ? InteractionSupport.No : InteractionSupport.Yes,
                Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            }
        );
        console.Pipeline.Attach(new VisibleTexts());
        console.Profile.Width = shape.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }

    private static ConsoleShape Shape(bool isRedirected)
    {
        var isPlain = isRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb";
        var hasColour = !isPlain && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new ConsoleShape(!isRedirected, isPlain, hasColour, Width(isRedirected));
    }

    private static int Width(bool isRedirected)
    {
        if (
            int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns)
            && columns >= 20
        )
        {
            return columns;
        }

        return !isRedirected && Console.WindowWidth is >= 20 and var width ? width : WidthOfFiles;
    }
}

/// <summary>What a stream that a command writes to can show.</summary>
/// <param name="IsSeen">Whether a person looks at it.</param>
/// <param name="IsPlain">Whether it takes no control codes.</param>
/// <param name="HasColour">Whether it takes colours.</param>
/// <param name="Width">Characters in a line.</param>
internal sealed record ConsoleShape(bool IsSeen, bool IsPlain, bool HasColour, int Width)
{
    public static ConsoleShape OfFile(int width) => new(IsSeen: false, IsPlain: true, HasColour: false, width);
}
