using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Runs;

internal sealed record LogQuery
{
    [Description("Only lines behind this number: next of the page before.")]
    [Range(0, long.MaxValue)]
    public long After { get; init; }

    [Description("How many lines to give at most.")]
    [Range(1, 10_000)]
    public int Limit { get; init; } = 1000;
}
