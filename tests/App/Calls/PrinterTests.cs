using Spectre.Console;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Tests.Calls;

public sealed class PrinterTests
{
    [Fact]
    public void A_result_is_lines_a_line_of_steps_and_a_table()
    {
        var text = Print(80, printer => printer.Result(
                new
                {
                    RowsRead = 1234567L,
                    Nothing = (string?)null,
                    Seconds = 1.5,
                    CancellationRate = 0.068m,
                    Steps = new Dictionary<string, double> { ["extract"] = 1, ["load"] = 0.25 },
                    Tables = new Dictionary<string, object>
                    {
                        ["orders"] = new { Read = 10L, Loaded = 9L },
                        ["order_items"] = new { Read = 1000L, Loaded = 1000L },
                    },
                }
            ));

        text.ShouldBe(
            """
            rows read          1,234,567
            seconds            1.50 s
            cancellation rate  6.8 %
            steps              extract 1.00 s · load 0.25 s

            table         read  loaded
            ──────────────────────────
            orders          10       9
            order_items  1,000   1,000

            """
        );
    }

    [Theory]
    [InlineData(30)]
    [InlineData(40)]
    [InlineData(100)]
    public void A_table_keeps_to_the_width_and_its_numbers_whole(int width)
    {
        var text = Print(width, printer => printer.Table(
                ["name", "rows", "a long remark about it"],
                [
                    ["Київська область, усі райони", 1234567L, new string('x', 200)],
                    ["[b]", 1L, "line\nbreak"],
                ]
            ));

        text.Split('\n').Max(line => line.Length).ShouldBeLessThanOrEqualTo(width);
        text.ShouldContain("1,234,567");
        text.ShouldContain("…");
        text.ShouldContain("[b]");
    }

    [Fact]
    public void Columns_that_cannot_fit_become_lines()
    {
        Print(20, printer => printer.Table(
                    ["one", "two", "three"],
                    [
                        [1234567890L, 1234567890L, 1234567890L],
                    ]
                ))
            .ShouldBe("one    1,234,567,890\ntwo    1,234,567,890\nthree  1,234,567,890\n\n");
    }

    [Fact]
    public void A_pipe_gets_every_text_whole()
    {
        var text = Print(
            40,
            printer =>
                printer.Table(
                    ["name", "remark"],
                    [
                        ["a", new string('x', 200)],
                    ]
                ),
            isSeen: false
        );

        text.ShouldContain($"a     {new string('x', 200)}\n");
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    public void Ids_are_never_cut(int width)
    {
        var id = Guid.NewGuid();

        var text = Print(width, printer => printer.Table(
                ["id", "remark"],
                [
                    [id, new string('x', 200)],
                ]
            ));

        text.ShouldContain(id.ToString());
    }

    [Fact]
    public void Data_of_somebody_are_shown_whole_though_they_become_lines()
    {
        var text = Print(40, printer => printer.Table(
                ["name", "remark"],
                [
                    ["a", new string('x', 60)],
                ],
                areRaw: true
            ));

        text.ReplaceLineEndings("").Count(letter => letter == 'x').ShouldBe(60);
        text.ShouldNotContain("…");
    }

    [Fact]
    public void Times_of_data_have_one_form_with_all_their_digits()
    {
        var times = new object?[] { new DateTime(2026, 1, 31), new DateTime(2026, 1, 31, 8, 30, 0).AddTicks(1_234_560) };

        var text = Print(80, printer => printer.Table(["at"], times.Select(time => new[] { time }), areRaw: true));

        text.ShouldContain("2026-01-31 00:00:00");
        text.ShouldContain("2026-01-31 08:30:00.123456");
    }

    private static string Print(int width, Action<Printer> print, bool isSeen = true)
    {
        var writer = new StringWriter();
        var console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(writer),
                Ansi = AnsiSupport.No,
                Interactive = isSeen ? InteractionSupport.Yes : InteractionSupport.No,
                ColorSystem = ColorSystemSupport.NoColors,
            }
        );
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        print(new Printer(console));
        return writer.ToString();
    }
}
