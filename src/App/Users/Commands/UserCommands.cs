using System.CommandLine;
using Tradepost.App.Api.Hosting;
using Tradepost.App.Cli;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;

namespace Tradepost.App.Users.Commands;

/// <summary><c>users</c>: who may sign in, for whoever works on the machine itself.</summary>
internal static class UserCommands
{
    private static readonly string[] Roles = [.. Enum.GetValues<Role>().Select(Text)];

    public static Command All() =>
        new("users", "Who may sign in.")
        {
            Add(),
            new HandledCommand("list", "List the users.", ListAsync),
            OfUser("disable", "Refuse a user's sign-in and every token.", (user, work, cancellationToken) =>
                work.SetAsync(user, user.Role, isDisabled: true, cancellationToken)
            ),
            OfUser("enable", "Let a disabled user sign in again.", (user, work, cancellationToken) =>
                work.SetAsync(user, user.Role, isDisabled: false, cancellationToken)
            ),
            ChangeRole(),
            ChangePassword(),
            Keys(),
        };

    private static Command Keys() =>
        new("keys", "What access tokens are signed with.")
        {
            new HandledCommand("list", "List the keys by id and age, never the keys themselves.", (_, session, cancellationToken) =>
                WithStoreAsync(
                    session,
                    (store, transactions) => Work(store, transactions, session).ListAsync(cancellationToken),
                    cancellationToken
                )
            ),
            new HandledCommand("rotate", "Sign with a new key from now on.", (_, session, cancellationToken) =>
                WithStoreAsync(
                    session,
                    (store, transactions) => Work(store, transactions, session).RotateAsync(cancellationToken),
                    cancellationToken
                )
            ),
        };

    private static KeyWork Work(Store store, UserTransactions transactions, Session session) =>
        new(new SigningKeys(store, transactions, session.Time), new AuditLog(store, session.Time));

    private static HandledCommand Add()
    {
        var (email, role, fromInput) = (Email(), RoleOption(), PasswordOption());
        return new HandledCommand(
            "add",
            "Add a user; without a password, with a link that sets one.",
            (parsed, session, cancellationToken) =>
                WithAsync(
                    session,
                    async work =>
                    {
                        var chosen = RoleOf(parsed.GetRequiredValue(role));
                        var password = parsed.GetValue(fromInput) ? await ReadPasswordAsync(session, cancellationToken) : null;
                        return await work.AddAsync(parsed.GetRequiredValue(email), chosen, password, cancellationToken);
                    },
                    cancellationToken
                )
        )
        {
            email,
            role,
            fromInput,
        };
    }

    private static HandledCommand ChangeRole()
    {
        var (email, role) = (Email(), RoleOption());
        return new HandledCommand("role", "Give a user another role.", (parsed, session, cancellationToken) => WithAsync(
                session,
                async work =>
                {
                    var chosen = RoleOf(parsed.GetRequiredValue(role));
                    var user = await work.GetAsync(parsed.GetRequiredValue(email), cancellationToken);
                    return await work.SetAsync(user, chosen, user.IsDisabled, cancellationToken);
                },
                cancellationToken
            )) { email, role };
    }

    private static HandledCommand ChangePassword()
    {
        var (email, fromInput) = (Email(), PasswordOption());
        return new HandledCommand(
            "password",
            "Set a user's password; without one, make a link that sets it.",
            (parsed, session, cancellationToken) =>
                WithAsync(
                    session,
                    async work =>
                    {
                        var user = await work.GetAsync(parsed.GetRequiredValue(email), cancellationToken);
                        return parsed.GetValue(fromInput)
                            ? await work.SetPasswordAsync(user, await ReadPasswordAsync(session, cancellationToken), cancellationToken)
                            : await work.LinkAsync(user, cancellationToken);
                    },
                    cancellationToken
                )
        )
        {
            email,
            fromInput,
        };
    }

    private static HandledCommand OfUser(string name, string description, Func<User, UserWork, CancellationToken, Task<CommandResult>> run)
    {
        var email = Email();
        return new HandledCommand(name, description, (parsed, session, cancellationToken) =>
            WithAsync(
                session,
                async work => await run(await work.GetAsync(parsed.GetRequiredValue(email), cancellationToken), work, cancellationToken),
                cancellationToken
            )
        )
        {
            email,
        };
    }

    private static Task<CommandResult> ListAsync(ParseResult parsed, Session session, CancellationToken cancellationToken) =>
        WithAsync(session, work => work.ListAsync(cancellationToken), cancellationToken);

    private static Task<CommandResult> WithAsync(
        Session session,
        Func<UserWork, Task<CommandResult>> action,
        CancellationToken cancellationToken
    ) =>
        WithStoreAsync(
            session,
            async (store, transactions) =>
            {
                using var passwords = new PasswordCheck();
                var directory = new UserDirectory(store, transactions, session.Time);
                var administration = new UserAdministration(
                    directory,
                    new Credentials(transactions, session.Time),
                    new Links(store, transactions, session.Time),
                    passwords,
                    new AuditLog(store, session.Time)
                );
                var address = Listener.Parse(SettingNames.Urls, session.Settings.Find(SettingNames.Urls) ?? Listener.Default)[0];
                return await action(new UserWork(directory, administration, address.ToString()));
            },
            cancellationToken
        );

    private static async Task<CommandResult> WithStoreAsync(
        Session session,
        Func<Store, UserTransactions, Task<CommandResult>> action,
        CancellationToken cancellationToken
    )
    {
        await using var store = session.Settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        return await action(store, new UserTransactions(store));
    }

    private static async Task<string> ReadPasswordAsync(Session session, CancellationToken cancellationToken) =>
        await session.Terminal.Input.ReadLineAsync(cancellationToken) is { Length: > 0 } line
            ? line
            : throw new UsageException(
                "Standard input holds no password; give it as the first line: echo \"$PASSWORD\" | tradepost users add EMAIL --role ROLE --password-stdin"
            );

    private static Argument<string> Email() => new("EMAIL") { Description = "the user's e-mail" };

    private static Option<string> RoleOption() =>
        new("--role")
        {
            Description = "What the user may do (required)",
            HelpName = string.Join('|', Roles),
            Required = true,
        };

    private static Option<bool> PasswordOption() => new("--password-stdin") { Description = "Read the password from standard input" };

    private static Role RoleOf(string text) =>
        Enum.GetValues<Role>().Where(role => Text(role) == text).Select(role => (Role?)role).FirstOrDefault()
        ?? throw new WrongArgumentException("--role", $"--role is \"{text}\"; allowed are {string.Join(", ", Roles)}.", Roles);

    private static string Text(Role role) => Spelling.Snake(role.ToString());
}
