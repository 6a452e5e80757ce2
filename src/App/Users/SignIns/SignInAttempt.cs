namespace Tradepost.App.Users.SignIns;

/// <summary>One try with a password, which counts until it is disposed; then what came of it does, if anything did.</summary>
internal sealed class SignInAttempt(SignInThrottle throttle, string email, string client, TimeSpan? wait) : IDisposable
{
    /// <summary>How long the client has to wait instead; null when it may try.</summary>
    public TimeSpan? Wait => wait;

    /// <summary>Counts a failure; true when it is the one that locks the client out of the e-mail.</summary>
    public bool Failed() => throttle.Failed(email, client);

    public void Succeeded() => throttle.Succeeded(email, client);

    public void Dispose()
    {
        if (wait is null)
        {
            throttle.Settle(email, client);
        }
    }
}
