using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Users.SignIns;

internal sealed record PasswordSignIn
{
    [Required]
    [Description("The user's e-mail.")]
    public string Email { get; init; } = "";

    [Required]
    [Description("The user's password.")]
    [FreeText]
    public string Password { get; init; } = "";
}
