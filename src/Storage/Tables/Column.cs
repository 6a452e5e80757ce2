namespace Tradepost.Storage.Tables;

/// <summary>A column of a table: its name, type and whether it may be empty. Precision (1…38) and scale count for decimals only.</summary>
public sealed record Column(string Name, ColumnType Type, bool IsNullable = true, int Precision = 0, int Scale = 0)
{
    /// <summary>
    /// The most digits that 64 bits hold whatever they are. Decimals with more are kept in 128, and sources give none of them.
    /// </summary>
    public const int MostDigitsOfLong = 18;

    private const int MostDigits = 38;

    /// <summary>Whether its values are kept as <see cref="Int128"/>.</summary>
    public bool IsWide => Type == ColumnType.Decimal && Precision > MostDigitsOfLong;

    public static Column Decimal(string name, int precision, int scale, bool isNullable = true) =>
        precision is < 1 or > MostDigits || scale < 0 || scale > precision
            ? throw new ArgumentOutOfRangeException(
                nameof(precision),
                $"Column {name}: a decimal has 1 to {MostDigits} digits and a scale within them, not ({precision},{scale})."
            )
            : new Column(name, ColumnType.Decimal, isNullable, precision, scale);
}
