using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Metrics;

/// <summary>A row of a batch with the columns of <see cref="ReportedRows"/>, which are set in their order.</summary>
internal readonly struct ReportedRow(RowBatch batch, int row)
{
    private static readonly Dictionary<string, int> Places = ReportedRows
        .All.Index()
        .ToDictionary(column => column.Item.Name, column => column.Index);

    public void Set(Column column, string? value)
    {
        var buffer = batch[Places[column.Name]];
        if (value is null)
        {
            buffer.SetNull(row);
        }
        else
        {
            buffer.AsText().Set(row, value.AsSpan());
        }
    }

    public void Set(Column column, long? value)
    {
        var buffer = batch[Places[column.Name]];
        if (value is { } number)
        {
            buffer.Values<long>()[row] = number;
        }
        else
        {
            buffer.SetNull(row);
        }
    }

    /// <summary>Sets an amount that fits.</summary>
    /// <exception cref="OverflowException">It has digits that the column has not.</exception>
    public void Set(Column column, decimal? value)
    {
        var buffer = batch[Places[column.Name]];
        if (value is not { } amount)
        {
            buffer.SetNull(row);
            return;
        }

        if (!ExactAmount.TryScale(amount, column, out var units))
        {
            throw new OverflowException($"{amount} does not fit {column.Name}, a decimal({column.Precision},{column.Scale}).");
        }

        if (column.IsWide)
        {
            buffer.Values<Int128>()[row] = units;
        }
        else
        {
            buffer.Values<long>()[row] = (long)units;
        }
    }
}
