namespace Tradepost.Storage.Files;

/// <summary>How a file is read into a table, found out from all of it.</summary>
/// <param name="Encoding">Of its text.</param>
/// <param name="Delimiter">Between its cells.</param>
/// <param name="HeaderLines">Lines before the first row.</param>
/// <param name="Header">The line with the names.</param>
/// <param name="Width">How many cells a row has.</param>
/// <param name="Fields">Which cell each column is.</param>
/// <param name="Cells">How each column is read.</param>
/// <param name="Ignored">Names of columns that are passed over.</param>
internal sealed record FileForm(
    TextEncoding Encoding,
    Delimiter Delimiter,
    int HeaderLines,
    byte[] Header,
    int Width,
    int[] Fields,
    CellForm[] Cells,
    IReadOnlyList<string> Ignored
)
{
    /// <summary>In words: "semicolon, decimal comma, day as day.month.year".</summary>
    public string ReadAs =>
        string.Join(
            ", ",
            [
                .. Encoding == TextEncoding.Utf8 ? (string[])[] : [Encoding.Name],
                Delimiter.Name,
                .. Cells.Any(cell => cell.Sign == DecimalSign.Comma) ? (string[])["decimal comma"] : [],
                .. Cells
                    .Where(cell => cell.Times != TimeNotation.Iso || cell.HasOffsets)
                    .Select(cell => $"{cell.Column.Name} as {cell.Times.Name}{(cell.HasOffsets ? ", moved to UTC" : "")}"),
            ]
        );
}
