using System.Data.Common;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>The rows of a database's table as lines of text, for comparison with <see cref="MemoryShop.Lines"/>.</summary>
internal static class DatabaseLines
{
    public static async Task<IReadOnlyList<string>> ReadAsync(DbConnection connection, Table table)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"SELECT {string.Join(", ", table.Columns.Select(c => c.Name))} FROM {table.Name} ORDER BY {string.Join(", ", table.Key)}";
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(
                MemoryShop.LineOf(
                    table.Columns.Select((column, index) => (column.Name, Value: Value(reader, column, index))).ToDictionary()
                )
            );
        }

        return lines;
    }

    private static object? Value(DbDataReader reader, Column column, int index) =>
        reader.IsDBNull(index)
            ? null
            : column.Type switch
            {
                ColumnType.Boolean => reader.GetBoolean(index),
                ColumnType.Timestamp => reader.GetDateTime(index),
                ColumnType.Decimal => reader.GetDecimal(index),
                _ => reader.GetValue(index),
            };
}
