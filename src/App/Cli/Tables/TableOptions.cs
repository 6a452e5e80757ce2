using System.CommandLine;

namespace Tradepost.App.Cli.Tables;

/// <summary>The options by which a user says the form of a file that cannot be told from it, or was told wrongly.</summary>
internal sealed class TableOptions
{
    private readonly Option<string?> delimiter = Text(
        "--delimiter",
        "SIGN",
        "Between cells: comma, semicolon, tab or pipe (default: as in the file)"
    );
    private readonly Option<string?> decimalSign = Text("--decimal", "SIGN", "In numbers: point or comma (default: as in the file)");
    private readonly Option<string?> dateFormat = Text(
        "--date-format",
        "FORM",
        "Of times: day/month/year, month/day/year, a pattern such as dd.MM.yy (default: as in the file)"
    );
    private readonly Option<string?> encoding = Text(
        "--encoding",
        "NAME",
        "utf-8, utf-16, windows-1251 or windows-1252 (default: as in the file)"
    );
    private readonly Option<bool> utc = new("--utc")
    {
        Description = "Move times with an offset to UTC (default: the clock of their place)",
    };

    /// <summary>To be added to a command's own.</summary>
    /// <param name="hasTimes">Whether the command reads times.</param>
    /// <param name="hasPlaces">Whether the clock of a place matters to it.</param>
    public void AddTo(Command command, bool hasTimes, bool hasPlaces)
    {
        command.Add(delimiter);
        command.Add(decimalSign);
        if (hasTimes)
        {
            command.Add(dateFormat);
        }

        command.Add(encoding);
        if (hasPlaces)
        {
            command.Add(utc);
        }
    }

    public TableForm Read(ParseResult parsed) =>
        TableForm.Of(parsed.GetValue(delimiter), parsed.GetValue(decimalSign), parsed.GetValue(dateFormat), parsed.GetValue(encoding)) with
        {
            IsUtc = parsed.GetValue(utc),
        };

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
