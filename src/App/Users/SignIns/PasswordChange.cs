using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Users.SignIns;

internal sealed record PasswordChange
{
    [Required]
    [Description("The password that is valid now.")]
    [FreeText]
    public string CurrentPassword { get; init; } = "";

    [Required]
    [Description("The password to set, 12 characters or more.")]
    [FreeText]
    public string Password { get; init; } = "";
}
