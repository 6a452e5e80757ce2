using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Retail;

internal sealed record RejectQuery
{
    [Description("How many rows to give at most.")]
    [Range(1, 500)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [Range(0, int.MaxValue)]
    public int Cursor { get; init; }
}
