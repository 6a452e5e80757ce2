namespace Tradepost.App.Tests.Users;

internal enum SignInEvent
{
    SignIn,
    Refresh,
    RefreshWithOldToken,
    SignOut,
    ChangeOwnPassword,
    AdminSetsPassword,
    NewLink,
    UseLink,
    SignInByLink,
    UseOlderLink,
    Disable,
    Enable,
}
