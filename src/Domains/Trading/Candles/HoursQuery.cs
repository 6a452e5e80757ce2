using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.Trading.Candles;

/// <summary>Which stretch of hours to list, a page at a time.</summary>
internal abstract record HoursQuery
{
    [Required]
    [Description("The first hour (UTC): a candle's beginning, and the end of the hour that features are of.")]
    public DateTime? FromTime { get; init; }

    [Required]
    [Description("The last hour (UTC), no earlier than from_time and at most 366 days behind it.")]
    public DateTime? ToTime { get; init; }

    [Description("How many to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 1000;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
