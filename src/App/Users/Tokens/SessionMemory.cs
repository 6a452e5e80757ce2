using System.Collections.Concurrent;

namespace Tradepost.App.Users.Tokens;

/// <summary>The sessions that this server knows were issued: it began or renewed them, or found them in the store once.</summary>
internal sealed class SessionMemory
{
    private readonly ConcurrentDictionary<Guid, LiveSession> sessions = new();

    public void Add(LiveSession session) => sessions[session.Id] = session;

    public bool Knows(Guid session) => sessions.ContainsKey(session);

    /// <summary>Whether a session was issued to this user and has not come to its end.</summary>
    public bool IsLive(TokenClaims claims, DateTime now) =>
        sessions.TryGetValue(claims.SessionId, out var session) && session.UserId == claims.UserId && session.ExpiresAt > now;

    /// <summary>Forgets what has ended; what is asked for again is looked up again.</summary>
    public void Forget(IEnumerable<Guid> revoked, DateTime now)
    {
        foreach (var session in revoked)
        {
            sessions.TryRemove(session, out _);
        }

        foreach (var (id, session) in sessions)
        {
            if (session.ExpiresAt <= now)
            {
                sessions.TryRemove(id, out _);
            }
        }
    }
}

/// <summary>Whose a session is that was issued and has not ended, and when it ends at the latest.</summary>
internal sealed record LiveSession(Guid Id, Guid UserId, DateTime ExpiresAt);
