using System.CommandLine;
using System.ComponentModel;
using Tradepost.App.Listening;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Commands;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Users.Administration;

/// <summary><c>users</c>: who may sign in, for whoever works on the machine itself.</summary>
internal static class UserCommands
{
    public static Command All() =>
        new("users", "Who may sign in.")
        {
            Add(),
            Of<NoOptions>("list", "List the users.", (_, work, _, cancellationToken) => work.ListAsync(cancellationToken)),
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

    private static HandledCommand Add() =>
        Of<AddUserOptions>(
            "add",
            "Add a user; without a password, with a link that sets one.",
            async (options, work, session, cancellationToken) =>
                await work.AddAsync(
                    options.Email,
                    options.Role,
                    options.PasswordStdin ? await ReadPasswordAsync(session, cancellationToken) : null,
                    cancellationToken
                )
        );

    private static HandledCommand ChangeRole() =>
        Of<UserRoleOptions>("role", "Give a user another role.", async (options, work, _, cancellationToken) =>
        {
            var user = await work.GetAsync(options.Email, cancellationToken);
            return await work.SetAsync(user, options.Role, user.IsDisabled, cancellationToken);
        });

    private static HandledCommand ChangePassword() =>
        Of<UserPasswordOptions>(
            "password",
            "Set a user's password; without one, make a link that sets it.",
            async (options, work, session, cancellationToken) =>
            {
                var user = await work.GetAsync(options.Email, cancellationToken);
                return options.PasswordStdin
                    ? await work.SetPasswordAsync(user, await ReadPasswordAsync(session, cancellationToken), cancellationToken)
                    : await work.LinkAsync(user, cancellationToken);
            }
        );

    private static HandledCommand OfUser(
        string name,
        string description,
        Func<User, UserWork, CancellationToken, Task<CommandResult>> run
    ) =>
        Of<UserOptions>(name, description, async (options, work, _, cancellationToken) =>
            await run(await work.GetAsync(options.Email, cancellationToken), work, cancellationToken)
        );

    private static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, UserWork, Session, CancellationToken, Task<CommandResult>> run
    )
        where T : notnull =>
        HandledCommand.Of<T>(name, description, (options, session, cancellationToken) =>
            WithAsync(session, work => run(options, work, session, cancellationToken), cancellationToken)
        );

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

    private static Task<CommandResult> WithStoreAsync(
        Session session,
        Func<Store, UserTransactions, Task<CommandResult>> action,
        CancellationToken cancellationToken
    ) => session.WithStoreAsync(store => action(store, new UserTransactions(store)), cancellationToken);

    private static async Task<string> ReadPasswordAsync(Session session, CancellationToken cancellationToken) =>
        await session.Terminal.Input.ReadLineAsync(cancellationToken) is { Length: > 0 } line
            ? line
            : throw new UsageException(
                "Standard input holds no password; give it as the first line: echo \"$PASSWORD\" | tradepost users add EMAIL --role ROLE "
                    + "--password-stdin"
            );
}

/// <summary>Which user a command is about.</summary>
internal record UserOptions
{
    [Positional("EMAIL"), Description("the user's e-mail")]
    public required string Email { get; init; }
}

internal record UserPasswordOptions : UserOptions
{
    [Description("Read the password from standard input")]
    public bool PasswordStdin { get; init; }
}

internal sealed record UserRoleOptions : UserOptions
{
    [Description("What the user may do")]
    public required Role Role { get; init; }
}

internal sealed record AddUserOptions : UserPasswordOptions
{
    [Description("What the user may do")]
    public required Role Role { get; init; }
}
