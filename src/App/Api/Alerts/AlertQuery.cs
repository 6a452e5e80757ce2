using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Api.Alerts;

internal sealed record AlertQuery
{
    [Description("How many alerts to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;
}
