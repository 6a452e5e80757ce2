using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Users.SignIns;

internal sealed record PasswordChange
{
    [Required]
    [Description("The password that is valid now.")]
    public string CurrentPassword { get; init; } = "";

    [Required]
    [Description("The password to set, 12 characters or more.")]
    public string Password { get; init; } = "";
}
