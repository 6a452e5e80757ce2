namespace Tradepost.Storage.Tables;

/// <summary>A column of a table: its name, type and whether it may be empty. Precision (1…18) and scale count for decimals only.</summary>
public sealed record Column(string Name, ColumnType Type, bool IsNullable = true, int Precision = 0, int Scale = 0)
{
    public static Column Decimal(string name, int precision, int scale, bool isNullable = true) =>
        precision is < 1 or > 18 || scale < 0 || scale > precision
            ? throw new ArgumentOutOfRangeException(
                nameof(precision),
                $"Column {name}: a decimal has 1 to 18 digits and a scale within them, not ({precision},{scale})."
            )
            : new Column(name, ColumnType.Decimal, isNullable, precision, scale);
}
