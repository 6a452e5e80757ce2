namespace Tradepost.App.Users.SignIns;

/// <summary>Where one-time links lead: the page lets the user choose a password, or signs in at once.</summary>
internal static class WelcomeLink
{
    public const string Path = "/welcome";
    public const string SignInPath = "/sign-in";
}
