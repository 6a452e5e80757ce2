using Spectre.Console;
using Tradepost.Arguments;

namespace Tradepost.Serving.Commands.Output;

/// <summary>
/// Rows of cells that are shown as a table no wider than the terminal: long texts are cut, numbers and ids never. Whoever reads a file or
/// a pipe gets them whole.
/// </summary>
/// <param name="isExact">Whether the cells are somebody's data, of which none is cut.</param>
internal sealed class Sheet(IReadOnlyList<string> names, bool isExact = false)
{
    private const int Between = 2;
    private const int LeastText = 6;

    private readonly List<IReadOnlyList<string>> rows = [];
    private readonly IReadOnlyList<string> headers = [.. names.Select(OneLine)];
    private readonly bool[] isText = new bool[names.Count];
    private readonly bool[] isId = new bool[names.Count];

    /// <summary>Adds a row; a column is aligned to the right as long as no text came into it.</summary>
    public void Add(IReadOnlyList<string> cells, IReadOnlyList<bool> areNumbers)
    {
        rows.Add([.. cells.Select(OneLine)]);
        for (var i = 0; i < headers.Count; i++)
        {
            isText[i] |= !areNumbers[i] && cells[i] != Values.Nothing;
            isId[i] |= Guid.TryParseExact(cells[i], "D", out _);
        }
    }

    public void Write(IAnsiConsole console)
    {
        var widths = Fit(console.Profile.Width, mayCut: console.Profile.Capabilities.Interactive && !isExact);
        if (Whole(widths) > console.Profile.Width)
        {
            if (console.Profile.Capabilities.Interactive)
            {
                WriteBlocks(console);
            }
            else
            {
                WriteWide(console, widths);
            }

            return;
        }

        WriteTable(console, widths);
    }

    private void WriteWide(IAnsiConsole console, int[] widths)
    {
        var usual = console.Profile.Width;
        console.Profile.Width = Whole(widths) + Between;
        try
        {
            WriteTable(console, widths);
        }
        finally
        {
            console.Profile.Width = usual;
        }
    }

    private void WriteTable(IAnsiConsole console, int[] widths)
    {
        var table = new Table
        {
            Border = new Ruled(),
            ShowHeaders = true,
            BorderStyle = new Style(Color.Grey),
        };
        for (var i = 0; i < headers.Count; i++)
        {
            var header = string.Join('\n', Words.Wrap(headers[i], widths[i]).Select(line => Cut(line, widths[i])));
            table.AddColumn(
                new TableColumn(new Markup($"[bold]{Markup.Escape(header)}[/]"))
                {
                    Width = widths[i],
                    NoWrap = true,
                    Padding = new Padding(0, 0, i == headers.Count - 1 ? 0 : 1, 0),
                    Alignment = isText[i] ? Justify.Left : Justify.Right,
                }
            );
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select((cell, i) => new Text(isText[i] ? Cut(cell, widths[i]) : cell)));
        }

        console.Write(Ruled.Render(table, console));
    }

    // Too many columns for the terminal: each row as lines of name and value.
    private void WriteBlocks(IAnsiConsole console)
    {
        foreach (var row in rows)
        {
            Pairs.Write(console, [.. headers.Zip(row, (header, cell) => (header, cell))]);
            console.WriteLine();
        }
    }

    // First the headers go onto several lines, then the longest texts are cut.
    private int[] Fit(int width, bool mayCut)
    {
        var widths = Widths(header => Cells(header));
        foreach (var lines in new[] { 2, int.MaxValue })
        {
            if (Whole(widths) > width)
            {
                widths = Widths(header => Narrowest(header, lines));
            }
        }

        while (mayCut && Whole(widths) > width)
        {
            var widest = Enumerable
                .Range(0, headers.Count)
                .Where(i => isText[i] && !isId[i])
                .DefaultIfEmpty(-1)
                .MaxBy(i => i < 0 ? 0 : widths[i]);
            if (widest < 0 || widths[widest] <= LeastText)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    private static int Narrowest(string header, int lines)
    {
        var width = header.Split(' ').Max(Cells);
        while (Words.Wrap(header, width).Count() > lines)
        {
            width++;
        }

        return width;
    }

    private int[] Widths(Func<string, int> ofHeader) =>
        [.. headers.Select((header, i) => Math.Max(ofHeader(header), rows.Count == 0 ? 0 : rows.Max(row => Cells(row[i]))))];

    private int Whole(int[] widths) => widths.Sum() + (Between * (headers.Count - 1));

    private static int Cells(string text) => new Text(text).Length;

    private static string Cut(string text, int width) =>
        Cells(text) <= width ? text : string.Concat(text.AsSpan(0, Math.Min(text.Length, Math.Max(width - 1, 0))), "…");

    private static string OneLine(string cell) => HiddenCharacters.Escape(cell.ReplaceLineEndings(" ").Replace('\t', ' '));
}
