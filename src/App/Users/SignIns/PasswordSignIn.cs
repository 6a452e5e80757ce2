using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Tradepost.App.Users.SignIns;

internal sealed record PasswordSignIn
{
    [Required]
    [Description("The user's e-mail.")]
    public string Email { get; init; } = "";

    [Required]
    [Description("The user's password.")]
    public string Password { get; init; } = "";
}
