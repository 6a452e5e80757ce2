using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Api.Retail;

internal sealed record MendedRow
{
    [Required]
    [Description("The source's table, such as payments.")]
    public string Table { get; init; } = "";

    [Required]
    [Description("The row's natural key, as the list gives it.")]
    public string Key { get; init; } = "";

    [Required]
    [Description("The whole row, as the text of a JSON object.")]
    [FreeText]
    public string Row { get; init; } = "";
}
