using System.Globalization;
using System.Text;
using Tradepost.Retail.Generation;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Retail.Tests.Generation;

/// <summary>A generated shop, all of it in memory: for small scales.</summary>
internal sealed class MemoryShop
{
    private readonly Dictionary<string, List<IReadOnlyDictionary<string, object?>>> tables = [];

    private MemoryShop(ShopOptions options)
    {
        var dirt = new Dirt(options.Seed, options.DirtyShare);
        var rows = new ShopRows(new GeneratedShop(options), dirt);
        foreach (var table in ShopTable.Databases.SelectMany(ShopTable.Of))
        {
            tables[table.Name] =
            [
                .. rows.Of(table).SelectMany(batch => Enumerable.Range(0, batch.Count).Select(row => RowOf(batch, row)).ToList()),
            ];
        }

        Dirty = dirt.Counts;
    }

    public static DateOnly Until { get; } = new(2026, 7, 1);

    public IReadOnlyDictionary<string, long> Dirty { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, object?>> this[string table] => tables[table];

    public static MemoryShop Of(int scale = 1, int seed = 42, double dirty = 0) =>
        new(
            new ShopOptions
            {
                Scale = scale,
                Seed = seed,
                DirtyShare = dirty,
                Until = Until,
            }
        );

    /// <summary>One line of text for each row, columns in order: what two shops are compared by.</summary>
    public IEnumerable<string> Lines(string table) => tables[table].Select(LineOf);

    public static string LineOf(IReadOnlyDictionary<string, object?> row) =>
        string.Join(
            '|',
            row.Values.Select(value =>
                value switch
                {
                    null => "∅",
                    DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff"),
                    IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                    _ => value.ToString(),
                }
            )
        );

    private static Dictionary<string, object?> RowOf(RowBatch batch, int row) =>
        batch.Columns.ToDictionary(c => c.Column.Name, c => c.IsNull(row) ? null : ValueOf(c, row));

    private static object ValueOf(ColumnBuffer column, int row) =>
        column.Column.Type switch
        {
            ColumnType.Boolean => column.Values<bool>()[row],
            ColumnType.Integer => column.Values<int>()[row],
            ColumnType.BigInt => column.Values<long>()[row],
            ColumnType.Decimal => Unscaled.ToDecimal(column.Values<long>()[row], column.Column),
            ColumnType.Text => Encoding.UTF8.GetString(column.AsText()[row]),
            ColumnType.Timestamp => DateTime.UnixEpoch.AddTicks(column.Values<long>()[row] * TimeSpan.TicksPerMicrosecond),
            _ => throw new NotSupportedException($"The shop has no columns of type {column.Column.Type}."),
        };
}
