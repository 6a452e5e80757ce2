using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.App.Users.SignIns;

internal sealed record SessionStart
{
    [Description("Who signs in; with the first administrator's link, who that is to be.")]
    public string? Email { get; init; }

    [Description("The password; with a link, the one to set.")]
    [FreeText]
    public string? Password { get; init; }

    [Description("The code at the end of a one-time link. Alone it signs in the user it was made for.")]
    public string? Code { get; init; }
}
