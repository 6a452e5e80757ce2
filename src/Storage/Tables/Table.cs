namespace Tradepost.Storage.Tables;

/// <summary>A declared destination: its name, its columns in order and the columns that identify a row.</summary>
public sealed record Table(string Name, IReadOnlyList<Column> Columns, IReadOnlyList<string> Key)
{
    public Column this[string column] =>
        Columns.FirstOrDefault(c => c.Name == column)
        ?? throw new ArgumentException(
            $"Table {Name} has no column {column}; it has {string.Join(", ", Columns.Select(c => c.Name))}.",
            nameof(column)
        );
}
