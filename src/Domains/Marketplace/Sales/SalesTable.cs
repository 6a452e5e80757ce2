using System.Text.Unicode;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Sales;

/// <summary>The table of estimates.</summary>
internal static class SalesTable
{
    public const string Name = "sales_estimates";

    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("sku", ColumnType.Text, IsNullable: false),
        new("date", ColumnType.Date, IsNullable: false),
        new("model_version", ColumnType.Integer, IsNullable: false),
        new("days", ColumnType.Integer),
        new("units", ColumnType.Double),
        new("lower", ColumnType.Double),
        new("upper", ColumnType.Double),
        new("revenue", ColumnType.Double),
        new("reason", ColumnType.Text, IsNullable: false),
        new("forecast", ColumnType.Json),
    ];

    /// <summary>Bytes of a horizon: its names and four numbers of at most 24 characters.</summary>
    private const int LongestForecast = 160;

    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    /// <summary>Adds a row to a batch that is not full.</summary>
    public static void Add(RowBatch batch, SalesRow row, int version)
    {
        var i = batch.Count;
        batch[0].AsText().Set(i, row.Sku);
        batch[1].Values<int>()[i] = row.Date.DayNumber - Epoch;
        batch[2].Values<int>()[i] = version;
        Set(batch[3], i, row.Days);
        Set(batch[4], i, row.Units);
        Set(batch[5], i, row.Lower);
        Set(batch[6], i, row.Upper);
        Set(batch[7], i, row.Revenue);
        batch[8].AsText().Set(i, Reasons.Name(row.Reason));
        if (row.Forecast.Count > 0)
        {
            SetForecast(batch[9].AsText(), i, row.Forecast);
        }
        else
        {
            batch[9].SetNull(i);
        }

        batch.Count++;
    }

    /// <summary>Sets a value that may be null.</summary>
    public static void Set<T>(ColumnBuffer column, int row, T? value)
        where T : unmanaged
    {
        if (value is { } known)
        {
            column.Values<T>()[row] = known;
        }
        else
        {
            column.SetNull(row);
        }
    }

    private static void SetForecast(TextBuffer column, int row, IReadOnlyList<SalesForecast> forecast)
    {
        Span<byte> text = forecast.Count <= 16 ? stackalloc byte[LongestForecast * 16] : new byte[LongestForecast * forecast.Count];
        var used = 0;
        for (var i = 0; i < forecast.Count; i++)
        {
            var ahead = forecast[i];
            var before = i == 0 ? '[' : ',';
            Utf8.TryWrite(
                text[used..],
                $"{before}{{\"days\":{ahead.Days},\"units\":{ahead.Units},\"lower\":{ahead.Lower},\"upper\":{ahead.Upper}}}",
                out var written
            );
            used += written;
        }

        text[used++] = (byte)']';
        column.Set(row, text[..used]);
    }
}
