namespace Tradepost.App.Tests.Users;

internal enum SignInEvent
{
    SignIn,
    Refresh,
    RefreshWithOldToken,
    SignOutOfNewest,
    SignOutOfOldest,
    ChangeOwnPassword,
    AdminSetsPassword,
    NewLink,
    UseLink,
    SignInByLink,
    UseOlderLink,
    Disable,
    Enable,
}
