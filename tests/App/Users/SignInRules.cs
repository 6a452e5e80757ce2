namespace Tradepost.App.Tests.Users;

/// <summary>What docs/api.md says of sign-ins, as a model: who has which password, which sessions go on, which link can be used.</summary>
internal sealed class SignInRules
{
    private readonly List<bool> sessions = []; // whether each goes on, in the order of their beginning
    private readonly List<int> renewals = [];

    public bool IsDisabled { get; private set; }

    /// <summary>Which of the passwords set so far is the right one: the last.</summary>
    public int Password { get; private set; }

    public int Links { get; private set; }

    /// <summary>Whether the newest link can be used; no other one ever can.</summary>
    public bool IsLinkOpen { get; private set; }

    public IReadOnlyList<bool> Sessions => sessions;

    private int Newest => sessions.Count - 1;

    private bool IsSignedIn => sessions.Contains(true);

    /// <summary>Does what an event does; whether it is accepted.</summary>
    public bool Apply(SignInEvent what)
    {
        switch (what)
        {
            case SignInEvent.SignIn:
                return !IsDisabled && Begin();
            case SignInEvent.Refresh:
                return sessions.Count > 0 && sessions[Newest] && ++renewals[Newest] > 0;
            case SignInEvent.RefreshWithOldToken:
                return sessions.Count > 0 && renewals[Newest] > 0 && !End(Newest);
            case SignInEvent.SignOut:
                return IsSignedIn && End(sessions.LastIndexOf(true));
            case SignInEvent.ChangeOwnPassword:
                return IsSignedIn && SetPassword() && Begin();
            case SignInEvent.AdminSetsPassword:
                return SetPassword();
            case SignInEvent.NewLink:
                Links++;
                return IsLinkOpen = true;
            case SignInEvent.UseLink:
                return IsLinkOpen && !IsDisabled && SetPassword() && Begin();
            case SignInEvent.SignInByLink:
                return IsLinkOpen && !IsDisabled && !(IsLinkOpen = false) && Begin();
            case SignInEvent.UseOlderLink:
                return false;
            case SignInEvent.Disable:
                IsDisabled = true;
                return EndAll();
            default:
                return !(IsDisabled = false);
        }
    }

    private bool Begin()
    {
        sessions.Add(true);
        renewals.Add(0);
        return true;
    }

    private bool SetPassword()
    {
        Password++;
        return EndAll();
    }

    private bool EndAll()
    {
        IsLinkOpen = false;
        for (var i = 0; i < sessions.Count; i++)
        {
            sessions[i] = false;
        }

        return true;
    }

    private bool End(int session)
    {
        sessions[session] = false;
        return true;
    }
}
