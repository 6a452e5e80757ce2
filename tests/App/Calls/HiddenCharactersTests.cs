using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using Tradepost.App.Telemetry.Logs;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

/// <summary>Each hidden character of Unicode goes through each way to a terminal, and none comes out.</summary>
public sealed partial class HiddenCharactersTests : IDisposable
{
    private const int AtOnce = 40;

    private static readonly string[] All = [.. Enumerable.Range(0, 0x110000).Where(IsHidden).Select(Text), "\ud800", "\udfff"];

    private readonly TemporaryFolder folder = new();

    private static IEnumerable<string> Texts =>
        [
            "\x1b]0;title\x07",
            "\x1b[2J\x1b[1;1Hforged",
            "all good\r\x1b[Kerror",
            "a\nerror all is lost",
            "\u202egpj.exe",
            "[red]x[/] [/] [[",
            "[link=http://x]\u2066y\u2069[/]",
            .. All.Chunk(AtOnce).Select((some, i) => $"[b]{string.Join(i % 3 == 0 ? "" : "m", some)}[/]"),
        ];

    public static TheoryData<string> Ways => [.. Outputs.Keys];

    private static Dictionary<string, Action<Terminal, string>> Outputs { get; } =
        new()
        {
            ["a line"] = (terminal, text) => new Printer(terminal.Results).Line(text),
            ["a heading"] = (terminal, text) => new Printer(terminal.Results).Heading(text),
            ["a result"] = (terminal, text) =>
                new Printer(terminal.Results).Result(
                    new
                    {
                        Name = text,
                        Names = new[] { text, text },
                        Sums = new Dictionary<string, double> { [text] = 1 },
                        Rows = new Dictionary<string, object> { [text] = new { Inner = text } },
                    }
                ),
            ["a table"] = (terminal, text) =>
                new Printer(terminal.Results).Table(
                    [text, "b"],
                    [
                        [text, 1L],
                        ["c", text],
                    ]
                ),
            ["pairs"] = (terminal, text) => new Printer(terminal.Results).Pairs((text, text), ("b", text)),
            ["the console"] = (terminal, text) => terminal.Results.Write(new Text(text.Replace('\n', ' ').Replace('\r', ' '))),
            ["a log of a command"] = (terminal, text) =>
                new MessageLogger(terminal.Messages).LogError(new InvalidOperationException(text), "{Text}", text),
            ["JSON"] = (terminal, text) =>
                terminal.WriteJson(new { Text = text, Names = new Dictionary<string, string> { [text] = text } }),
            ["a log of a server"] = (terminal, text) => Log(terminal, LogForm.Text, text),
            ["a log of a server in JSON"] = (terminal, text) => Log(terminal, LogForm.Json, text),
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void No_way_to_a_terminal_lets_one_out(string way)
    {
        foreach (var text in Texts)
        {
            foreach (var isPlain in new[] { true, false })
            {
                var output = Written(isPlain, terminal => Outputs[way](terminal, text));

                // The console's own colours are all that it may add.
                var seen = isPlain ? output : Colour().Replace(output, "");
                seen.EnumerateRunes().Where(rune => rune.Value != '\n' && IsHidden(rune.Value)).ShouldBeEmpty($"{way}: {JobTextOf(text)}");
                seen.ShouldNotContain("�");
                output
                    .Split('\n')
                    .ShouldNotContain(
                        line => line.StartsWith("error", StringComparison.Ordinal) || line.StartsWith("forged", StringComparison.Ordinal),
                        way
                    );
            }
        }
    }

    [Fact]
    public void What_is_hidden_is_shown_as_an_escape_and_the_rest_as_it_is()
    {
        Written(isPlain: true, terminal => new Printer(terminal.Results).Line("a\x1b[31m ї \u202e \U000E0041 \n 👍"))
            .ShouldBe("a\\x1b[31m ї \\u202e \\U000e0041 \\x0a 👍\n");
    }

    [Fact]
    public void A_line_of_a_log_cannot_be_forged()
    {
        var lines = Written(isPlain: true, terminal => Log(terminal, LogForm.Text, "x\n12:00:00 information all is well"))
            .TrimEnd()
            .Split('\n');

        lines[0].ShouldStartWith("12:00:00 error       x\\x0a12:00:00");
        lines.Skip(1).ShouldAllBe(line => line.StartsWith("  ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("users add", "users", "add", "@", "--role", "viewer")]
    [InlineData("--cron", "schedules", "set", "n", "--job", "retail.etl", "--cron", "@")]
    [InlineData("NAME", "schedules", "set", "@", "--job", "retail.etl", "--cron", "0 2 * * *")]
    [InlineData("NAME", "schedules", "remove", "@")]
    [InlineData("NAME", "models", "show", "@")]
    [InlineData("FILE", "forecast", "@")]
    [InlineData("--value", "forecast", "f.csv", "--value", "@")]
    [InlineData("FILE", "detect", "@")]
    [InlineData("--out", "detect", "f.csv", "--out", "@")]
    [InlineData("FILE", "fit", "@", "--model", "gbm", "--target", "y")]
    [InlineData("--target", "fit", "f.csv", "--model", "gbm", "--target", "@")]
    [InlineData("MODEL", "score", "@", "f.csv")]
    [InlineData("--mapping", "retail", "etl", "--mapping", "@")]
    [InlineData("--mapping", "jobs", "run", "retail.etl", "--mapping", "@")]
    [InlineData("FILE", "trading", "import", "@")]
    [InlineData("--out", "trading", "export", "--out", "@")]
    [InlineData("--symbol", "trading", "export", "--out", "x.csv", "--symbol", "@")]
    [InlineData("--symbols", "trading", "collect", "--symbols", "@")]
    [InlineData("FILE", "db", "backup", "@")]
    [InlineData("--data", "db", "status", "--data", "@")]
    [InlineData("--table", "retail", "replay-rejects", "--table", "@")]
    public async Task Names_paths_and_e_mails_with_one_are_refused_by_its_name_and_place(string what, params string[] arguments)
    {
        foreach (
            var hidden in All.Where((_, i) => i % 37 == 0)
                .Append("\u202e")
                .Append("\x1b")
                .Append("\n")
                .Append("\u200b")
                .Append("\u2028")
                .Append("\u0085")
                .Append("\x7f")
        )
        {
            foreach (string[] json in new string[][] { [], ["--json"] })
            {
                using var results = new MemoryStream();
                using var messages = new MemoryStream();
                var terminal = Terminal.Open(results, ConsoleShape.OfFile(100), messages, ConsoleShape.OfFile(100)) with
                {
                    Folder = folder.Path,
                };

                var exit = await CommandLine.RunAsync(
                    [.. arguments.Select(argument => argument == "@" ? $"ab{hidden}c@example.com" : argument), .. json],
                    terminal,
                    TimeProvider.System
                );

                var said = Encoding.UTF8.GetString((json.Length == 0 ? messages : results).ToArray());
                exit.ShouldBe(2, said);
                var name = $"U+{(char.IsSurrogatePair(hidden, 0) ? char.ConvertToUtf32(hidden, 0) : hidden[0]):X4}";
                said.ShouldContain($" holds the character {name} at position 3;");
                said.TrimEnd('\n').EnumerateRunes().ShouldNotContain(rune => IsHidden(rune.Value), what);
            }
        }

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private static void Log(Terminal terminal, LogForm form, string text)
    {
        var settings = Settings.Load(
            new SettingSources(new Dictionary<string, string>(), new Dictionary<string, string>(), Environment.CurrentDirectory, _ => null)
        );
        using var logs = new LogWriter(
            ConsoleLines.WriterOf(terminal.Messages),
            form,
            settings,
            new ManualTime(new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero))
        );
        logs.CreateLogger("Tradepost").LogError(new InvalidOperationException(text), "{Text}", text);
    }

    private static string Written(bool isPlain, Action<Terminal> write)
    {
        using var results = new MemoryStream();
        using var messages = new MemoryStream();
        var shape = new ConsoleShape(IsSeen: !isPlain, isPlain, HasColour: !isPlain, Width: 60);
        write(Terminal.Open(results, shape, messages, shape));
        return Encoding.UTF8.GetString(results.ToArray()) + Encoding.UTF8.GetString(messages.ToArray());
    }

    // Said here once more, by the categories of Unicode, so that the program is not its own judge.
    private static bool IsHidden(int codePoint) =>
        codePoint is >= 0xE0000 and <= 0xE0FFF
        || CharUnicodeInfo.GetUnicodeCategory(codePoint)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    private static string Text(int codePoint) => char.ConvertFromUtf32(codePoint);

    private static string JobTextOf(string text) => System.Text.Json.JsonSerializer.Serialize(text, ResultJson.Options);

    [GeneratedRegex("\x1b\\[(?:0|1|38;5;[0-9]+)m", RegexOptions.None, 1000)]
    private static partial Regex Colour();
}
