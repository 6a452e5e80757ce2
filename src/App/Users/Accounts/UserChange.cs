using System.ComponentModel;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.Accounts;

internal sealed record UserChange
{
    [Description("What the user may do from now on.")]
    public Role? Role { get; init; }

    [Description("Whether signing in and every token are refused.")]
    public bool? IsDisabled { get; init; }

    [Description("A new password; all the user's sessions end.")]
    [FreeText]
    public string? Password { get; init; }
}
