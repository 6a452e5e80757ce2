using Tradepost.App.Cli.Tables;

namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>forecast</c> was asked for.</summary>
internal sealed record ForecastRequest
{
    public required string File { get; init; }

    /// <summary>The file's text, where it is at hand; its name is then only what messages call it.</summary>
    public string? Text { get; init; }

    /// <summary>What is said about the form of the file, and of that of the future.</summary>
    public TableForm Form { get; init; } = TableForm.Unsaid;

    public required string Time { get; init; }

    public required string Value { get; init; }

    public int Horizon { get; init; }

    public string? Frequency { get; init; }

    public string? Options { get; init; }

    public string? Holidays { get; init; }

    public string? Future { get; init; }

    public bool Components { get; init; }

    public bool CrossValidate { get; init; }

    public bool Calibrate { get; init; }

    /// <summary>In steps of the frequency, as the horizon.</summary>
    public int? Initial { get; init; }

    public int? Period { get; init; }

    public string? Out { get; init; }

    public string? Plot { get; init; }

    public string? Save { get; init; }
}
