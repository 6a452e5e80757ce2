using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Users.SignIns;

internal sealed record Refresh
{
    [Required]
    [Description("The refresh token of the last response.")]
    public string RefreshToken { get; init; } = "";
}
