using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Api.Models;

internal sealed record RollbackChange
{
    [Description("Why, for the history.")]
    [RegularExpression(@"[\s\S]{0,1000}")]
    [FreeText]
    public string Reason { get; init; } = "";
}
