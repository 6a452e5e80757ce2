using Tradepost.Storage.Files;

namespace Tradepost.Advertising.Loading;

/// <summary>A column of a file, and how its cells are read.</summary>
/// <param name="Index">Which cell of a row.</param>
/// <param name="Name">What the file calls it.</param>
/// <param name="Field">What it is.</param>
internal sealed record ExportColumn(int Index, string Name, ExportField Field)
{
    /// <summary>Of its amounts.</summary>
    public DecimalSign Sign { get; init; } = DecimalSign.Point;

    /// <summary>Of its days.</summary>
    public TimeNotation Times { get; init; } = TimeNotation.Iso;
}
