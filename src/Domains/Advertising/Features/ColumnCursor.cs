using System.Data.Common;

namespace Tradepost.Advertising.Features;

/// <summary>Columns of a row, one after the other.</summary>
internal struct ColumnCursor(DbDataReader row)
{
    private int column;

    public string? Text()
    {
        var at = column++;
        return row.IsDBNull(at) ? null : row.GetString(at);
    }

    public DateTime? Moment()
    {
        var at = column++;
        return row.IsDBNull(at) ? null : row.GetDateTime(at);
    }

    public long? Whole()
    {
        var at = column++;
        return row.IsDBNull(at) ? null : row.GetInt64(at);
    }

    /// <summary>An exact number, without the zeros behind its last digit: the same on every store.</summary>
    public decimal? Exact()
    {
        var at = column++;
        return row.IsDBNull(at) ? null : row.GetDecimal(at) / 1.000000000000000000000000000m;
    }
}
