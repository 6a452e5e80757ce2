using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.Passwords;
using Tradepost.App.Users.SignIns;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Users.Administration;

/// <summary>What the <c>users</c> commands do on an open store.</summary>
internal sealed class UserWork(UserDirectory users, UserAdministration administration, string address)
{
    public async Task<User> GetAsync(string email, CancellationToken cancellationToken)
    {
        var plain = PasswordRules.Email(email);
        return await users.FindAsync(plain, cancellationToken)
            ?? throw new JobFailedException($"There is no user {plain}; `tradepost users list` shows who there is.");
    }

    public async Task<CommandResult> ListAsync(CancellationToken cancellationToken)
    {
        var all = (await users.ListAsync(cancellationToken)).Select(UserView.Of).ToList();
        return new CommandResult(new { Items = all }, printer =>
        {
            if (all.Count == 0)
            {
                printer.Line("There are no users yet; `tradepost users add EMAIL --role admin` adds one.");
            }
            else
            {
                printer.Table(
                    ["e-mail", "role", "state", "since"],
                    all.Select(user => (IReadOnlyList<object?>)[user.Email, user.Role, State(user), user.CreatedAt])
                );
            }
        });
    }

    public async Task<CommandResult> AddAsync(string email, Role role, string? password, CancellationToken cancellationToken)
    {
        var (user, code) = await administration.AddAsync(email, role, password, Origin.CommandLine, cancellationToken);
        return code is null
            ? Done($"{user.Email} can sign in as {Spelling.Snake(role.ToString())}.", user)
            : WithLink(
                $"{user.Email} is {Spelling.Snake(role.ToString())} and sets a password with this link, once, within 24 hours:",
                user,
                code
            );
    }

    public async Task<CommandResult> SetAsync(User user, Role role, bool isDisabled, CancellationToken cancellationToken)
    {
        var changed = await administration.ChangeAsync(user, role, isDisabled, Origin.CommandLine, cancellationToken);
        return Done($"{changed.Email} is {Spelling.Snake(changed.Role.ToString())}{(changed.IsDisabled ? ", disabled" : "")}.", changed);
    }

    public async Task<CommandResult> SetPasswordAsync(User user, string password, CancellationToken cancellationToken) =>
        Done(
            $"{user.Email} has a new password; the sessions so far have ended.",
            await administration.SetPasswordAsync(user, password, Origin.CommandLine, cancellationToken)
        );

    public async Task<CommandResult> LinkAsync(User user, CancellationToken cancellationToken) =>
        WithLink(
            $"With this link {user.Email} sets a new password, once, within 24 hours:",
            user,
            await administration.LinkAsync(user, Origin.CommandLine, cancellationToken)
        );

    private static CommandResult Done(string sentence, User user) => new(UserView.Of(user), printer => printer.Line(sentence));

    private CommandResult WithLink(string sentence, User user, string code)
    {
        var link = $"{address}{WelcomeLink.Path}#{code}";
        return new CommandResult(new { User = UserView.Of(user), Link = link }, printer =>
        {
            printer.Line(sentence);
            printer.Line($"  {link}");
        });
    }

    private static string State(UserView user) =>
        user.IsDisabled ? "disabled"
        : user.HasPassword ? "active"
        : "invited";
}
