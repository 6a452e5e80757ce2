using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;

namespace Tradepost.App.Users.SignIns;

internal sealed record LinkSignIn
{
    [Required]
    [Description("The code at the end of the link.")]
    public string Code { get; init; } = "";

    [Description("The e-mail of the first administrator; a link for a user knows it already.")]
    public string? Email { get; init; }

    [Required]
    [Description("The password to set, 12 characters or more.")]
    [FreeText]
    public string Password { get; init; } = "";
}
