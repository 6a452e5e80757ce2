using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Jobs.Loading;

/// <summary>What a job that loads tables from files is told of their form, and how many of their lines may be no rows.</summary>
public abstract record FileLoadOptions
{
    [Description("What stands between cells: comma, semicolon, tab or pipe; by default it is found.")]
    [Placeholder("SIGN")]
    public string? Delimiter { get; init; }

    [Description("The decimal sign: point or comma; by default it is found.")]
    [Placeholder("SIGN")]
    public string? Decimal { get; init; }

    [Description("How days are written, such as day/month/year or dd.MM.yy; by default it is found.")]
    [Placeholder("FORM")]
    public string? DateFormat { get; init; }

    [Description("utf-8, utf-16, windows-1251 or windows-1252; by default it is found.")]
    [Placeholder("NAME")]
    public string? Encoding { get; init; }

    [Description("Lines of a file that may be no rows before the load is stopped; by default any number.")]
    [Range(0L, long.MaxValue)]
    public long? MaxRejects { get; init; }

    [Description("Percent of a file's lines that may be no rows before the load is stopped, where that is more than 1,000 lines.")]
    [Range(0.0, 100.0)]
    public double MaxRejectShare { get; init; } = 50;

    /// <summary>What is said of the files' form.</summary>
    /// <exception cref="FileFormException">An option is none.</exception>
    public TableForm Said() => TableForm.Of(Delimiter, Decimal, DateFormat, Encoding);

    /// <summary>How many lines may be no rows.</summary>
    public RejectBounds Bounds() => new() { Most = MaxRejects, MostPercent = MaxRejectShare };
}
