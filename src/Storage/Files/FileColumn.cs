using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>A column that files bring, and what its values must be. Names in files are compared without regard to case.</summary>
/// <param name="Name">In the table, and one of its names in files.</param>
/// <param name="Type">Any but bytes.</param>
/// <param name="Synonyms">What files call it otherwise.</param>
public sealed record FileColumn(string Name, ColumnType Type, params string[] Synonyms)
{
    /// <summary>Whether a row may lack the value. The column itself must be there.</summary>
    public bool IsNullable { get; init; }

    /// <summary>Digits of a decimal, up to 18.</summary>
    public int Precision { get; init; } = Column.MostDigitsOfLong;

    /// <summary>Digits of a decimal behind the point.</summary>
    public int Scale { get; init; }

    /// <summary>The least number that is taken.</summary>
    public double? Least { get; init; }

    /// <summary>The greatest number that is taken.</summary>
    public double? Most { get; init; }

    /// <summary>The most bytes that a text may have in UTF-8.</summary>
    public int MostBytes { get; init; } = int.MaxValue;

    /// <summary>The texts that are taken; null: any.</summary>
    public IReadOnlyList<string>? Accepted { get; init; }

    internal Column Column =>
        Type switch
        {
            ColumnType.Decimal when Precision <= Column.MostDigitsOfLong => Column.Decimal(Name, Precision, Scale, IsNullable),
            ColumnType.Decimal or ColumnType.Binary => throw new NotSupportedException(
                $"Column {Name}: bytes, and decimals of more than {Column.MostDigitsOfLong} digits, are not read from files."
            ),
            _ => new Column(Name, Type, IsNullable),
        };

    internal bool IsNamed(string name) =>
        string.Equals(name, Name, StringComparison.OrdinalIgnoreCase) || Synonyms.Contains(name, StringComparer.OrdinalIgnoreCase);
}
