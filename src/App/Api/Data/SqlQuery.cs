using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Api.Data;

internal sealed record SqlQuery
{
    [Required]
    [Description("One SELECT.")]
    [FreeText]
    public string Sql { get; init; } = "";

    [Description("How many rows to give at most.")]
    [Range(1, 10_000)]
    public int Limit { get; init; } = 1000;

    [Description("After how many seconds the query is stopped.")]
    [Range(1, 25)]
    public int Timeout { get; init; } = 20;
}
