using System.Text;
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
            batch[9].AsText().Set(i, Json(row.Forecast));
        }
        else
        {
            batch[9].SetNull(i);
        }

        batch.Count++;
    }

    private static void Set<T>(ColumnBuffer column, int row, T? value)
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

    private static string Json(IReadOnlyList<SalesForecast> forecast)
    {
        var text = new StringBuilder("[");
        foreach (var ahead in forecast)
        {
            text.Append(text.Length > 1 ? "," : "")
                .Append($"{{\"days\":{ahead.Days},\"units\":{ahead.Units},\"lower\":{ahead.Lower},\"upper\":{ahead.Upper}}}");
        }

        return text.Append(']').ToString();
    }
}
