using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Storage.Files;

namespace Tradepost.App.Tables;

/// <summary>
/// The options by which a user says the form of a file that cannot be told from it, or was told wrongly; they stand behind a command's own.
/// </summary>
internal abstract record TableOptions
{
    private readonly TableForm? form;

    [Description("Between cells: comma, semicolon, tab or pipe (default: as in the file)"), Placeholder("SIGN"), Display(Order = 1)]
    public string? Delimiter { get; init; }

    [Description("In numbers: point or comma (default: as in the file)"), Placeholder("SIGN"), Display(Order = 2)]
    public string? Decimal { get; init; }

    [Description("utf-8, utf-16, windows-1251 or windows-1252 (default: as in the file)"), Placeholder("NAME"), Display(Order = 4)]
    public string? Encoding { get; init; }

    /// <summary>What is said about the form of the file, and of others that belong to it.</summary>
    internal TableForm Form
    {
        get => form ?? Said();
        init => form = value;
    }

    /// <summary>What the options say.</summary>
    private protected virtual TableForm Said() => TableForm.Of(Delimiter, Decimal, dateFormat: null, Encoding);
}

/// <summary>Of a command that reads times.</summary>
internal abstract record TimedTableOptions : TableOptions
{
    [Description("Of times: day/month/year, month/day/year, a pattern such as dd.MM.yy (default: as in the file)"), Placeholder("FORM")]
    [Display(Order = 3)]
    public string? DateFormat { get; init; }

    private protected override TableForm Said() => TableForm.Of(Delimiter, Decimal, DateFormat, Encoding);
}

/// <summary>Of a command to which the clock of a place matters.</summary>
internal abstract record PlacedTableOptions : TimedTableOptions
{
    [Description("Move times with an offset to UTC (default: the clock of their place)"), Display(Order = 5)]
    public bool Utc { get; init; }

    private protected override TableForm Said() => base.Said() with { IsUtc = Utc };
}
