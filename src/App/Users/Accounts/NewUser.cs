using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.Accounts;

internal sealed record NewUser
{
    [Required]
    [Description("Where the user can be reached; the name to sign in with.")]
    public string Email { get; init; } = "";

    [Required]
    [Description("What the user may do.")]
    public Role Role { get; init; } = Role.Viewer;

    [Description("The password; without it the answer holds a code with which the user sets one.")]
    [FreeText]
    public string? Password { get; init; }
}
