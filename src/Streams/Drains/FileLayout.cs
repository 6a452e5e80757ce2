namespace Tradepost.Streams.Drains;

/// <summary>How rows of a table are parted into files: by columns of text, and by the UTC day of a moment.</summary>
/// <param name="TimeColumn">The index of the column with the moment, in microseconds since 1970.</param>
/// <param name="PartColumns">The indexes of the columns of text.</param>
/// <param name="Name">The name of a file without its ending, from the texts, which hold nothing that file names must not have, and the
/// day.</param>
public sealed record FileLayout(int TimeColumn, IReadOnlyList<int> PartColumns, Func<IReadOnlyList<string>, DateOnly, string> Name);
