using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>How a file is read, found out from all of it.</summary>
internal sealed record ExportForm
{
    public required TableHead Head { get; init; }

    /// <summary>The columns that are read, in the order of the file.</summary>
    public required IReadOnlyList<ExportColumn> Columns { get; init; }

    /// <summary>The day of rows that name none; null where each does.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The days that the lines above the header say the report is of; null where they say none.</summary>
    public ReportRange? Range { get; init; }

    /// <summary>Whose numbers they are where a row does not say it.</summary>
    public required string Account { get; init; }

    /// <summary>The currency that a name of a column says; null where none does.</summary>
    public string? Currency { get; init; }

    public string FileName => Head.File.Name;

    /// <summary>Names of all columns of the file.</summary>
    public IReadOnlyList<string> Names => Head.Records[0];

    /// <summary>Names of columns that are passed over.</summary>
    public IReadOnlyList<string> Ignored => [.. Names.Where((_, index) => Columns.All(column => column.Index != index))];

    /// <summary>What a day of an ad is divided by: names of segments, joined by commas.</summary>
    public string Breakdown =>
        string.Join(
            ',',
            Columns
                .Where(column => column.Field.Role == ExportRole.Segment)
                .Select(column => column.Field.Name)
                .Order(StringComparer.Ordinal)
        );

    /// <summary>What decides how rows are read, for the ledger of files: the same bytes read otherwise are another load.</summary>
    public string Fingerprint =>
        $"{Account} {Day} {string.Join(',', Columns.Select(column => $"{column.Index}={column.Field.Name}/{column.Sign.Name}/{column.Times.Name}"))}";

    /// <summary>In words: "semicolon, decimal comma, Дата as day.month.year, of 2024-01-01 to 2024-01-31".</summary>
    public string ReadAs =>
        string.Join(
            ", ",
            [
                .. Head.Encoding == TextEncoding.Utf8 ? (string[])[] : [Head.Encoding.Name],
                Head.Delimiter.Name,
                .. Columns.Any(column => column.Sign == DecimalSign.Comma) ? (string[])["decimal comma"] : [],
                .. Columns
                    .Where(column => column.Field.IsDay && column.Times != TimeNotation.Iso)
                    .Select(column => $"{column.Name} as {column.Times.Name}"),
                .. Range is { } range ? (string[])[$"of {range.First:yyyy-MM-dd} to {range.Last:yyyy-MM-dd}"] : [],
            ]
        );

    /// <summary>The column of a role; null where the file has none.</summary>
    public ExportColumn? Find(ExportRole role) => Columns.FirstOrDefault(column => column.Field.Role == role);
}
