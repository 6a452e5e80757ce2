using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Retail;

internal sealed record LoadQuery
{
    [Description("How many loads to give at most.")]
    [Range(1, 200)]
    public int Limit { get; init; } = 20;
}
