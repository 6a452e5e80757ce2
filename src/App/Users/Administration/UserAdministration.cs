using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Passwords;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.Administration;

/// <summary>What administrators do with users, from the API and from the command line alike: done, audited, and in force at once.</summary>
internal sealed class UserAdministration(UserDirectory users, Credentials credentials, Links links, PasswordCheck passwords, AuditLog audit)
{
    /// <summary>Adds a user; without a password, with a code for a link that sets one.</summary>
    public async Task<(User User, string? Code)> AddAsync(
        string email,
        Role role,
        string? password,
        Origin origin,
        CancellationToken cancellationToken
    )
    {
        var plain = PasswordRules.Email(email);
        var hash = password is null ? null : await passwords.HashAsync(PasswordRules.Check(password, plain), cancellationToken);
        var user = await users.AddAsync(plain, role, hash, cancellationToken);
        await audit.AddAsync(origin, $"user.added_as_{Spelling.Snake(role.ToString())}", user.Email, cancellationToken);
        return (user, password is null ? await links.CreateAsync(user.Id, cancellationToken) : null);
    }

    public async Task<User> ChangeAsync(User user, Role role, bool isDisabled, Origin origin, CancellationToken cancellationToken)
    {
        var changed = await users.ChangeAsync(user, role, isDisabled, cancellationToken);
        if (changed.Role != user.Role)
        {
            await audit.AddAsync(origin, $"user.made_{Spelling.Snake(role.ToString())}", user.Email, cancellationToken);
        }

        if (changed.IsDisabled != user.IsDisabled)
        {
            await audit.AddAsync(origin, isDisabled ? "user.disabled" : "user.enabled", user.Email, cancellationToken);
        }

        return changed;
    }

    public async Task<User> SetPasswordAsync(User user, string password, Origin origin, CancellationToken cancellationToken)
    {
        var hash = await passwords.HashAsync(PasswordRules.Check(password, user.Email), cancellationToken);
        await credentials.SetAsync(user, hash, "password set", cancellationToken);
        await audit.AddAsync(origin, "user.password_set", user.Email, cancellationToken);
        return user with { PasswordHash = hash };
    }

    /// <summary>
    /// The code of a link with which the user sets a new password; the old one is good until then, an older link no longer.
    /// </summary>
    public async Task<string> LinkAsync(User user, Origin origin, CancellationToken cancellationToken)
    {
        var code = await links.CreateAsync(user.Id, cancellationToken);
        await audit.AddAsync(origin, "user.link_made", user.Email, cancellationToken);
        return code;
    }
}
