using System.Data.Common;
using Tradepost.App.Users.Tokens;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Storage;
using Tradepost.Storage.Failures;

namespace Tradepost.App.Users.Accounts;

/// <summary>The table of users.</summary>
internal sealed class UserDirectory(Store store, UserTransactions transactions, TimeProvider time)
{
    private const string Columns = "id, email, role, password_hash, is_disabled, created_at";

    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(50);

    public async Task<IReadOnlyList<User>> ListAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        return await ReadAsync(connection, "ORDER BY email", parameters: null, cancellationToken);
    }

    public Task<User?> FindAsync(string email, CancellationToken cancellationToken) =>
        FindAsync("WHERE email = @email", new { email }, cancellationToken);

    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync("WHERE id = @id", new { id }, cancellationToken);

    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        return await CountAsync(connection, cancellationToken) > 0;
    }

    /// <summary>Adds a user; without a password hash, one who sets a password by a link.</summary>
    /// <exception cref="UserExistsException">The e-mail is taken.</exception>
    public async Task<User> AddAsync(string email, Role role, string? passwordHash, CancellationToken cancellationToken)
    {
        var user = New(email, role, passwordHash);
        return await transactions.RunAsync(connection => InsertAsync(connection, user, cancellationToken), cancellationToken)
            ? user
            : throw new UserExistsException(email);
    }

    /// <summary>Uses a link up and adds the first administrator; null when somebody was faster.</summary>
    public async Task<User?> AddFirstAsync(string email, string passwordHash, string code, CancellationToken cancellationToken)
    {
        var user = New(email, Role.Admin, passwordHash);
        await using var held = await LockAsync(cancellationToken);
        var isFirst = await transactions.RunAsync(
            async connection =>
                await CountAsync(connection, cancellationToken) == 0
                && await Links.UseAsync(connection, code, time.UtcMoment(), cancellationToken)
                && await InsertAsync(connection, user, cancellationToken),
            cancellationToken
        );
        return isFirst ? user : null;
    }

    /// <summary>Changes what a user may do; disabling ends all that they are signed in with.</summary>
    /// <exception cref="LastAdminException">Nobody would be left who may administer.</exception>
    public async Task<User> ChangeAsync(User user, Role role, bool isDisabled, CancellationToken cancellationToken)
    {
        // Under a lock, so that two administrators cannot take each other's role at once.
        await using var held = await LockAsync(cancellationToken);
        return await transactions.RunAsync(
            connection => ChangeAsync(connection, user, role, isDisabled, cancellationToken),
            cancellationToken
        )
            ? user with
            {
                Role = role,
                IsDisabled = isDisabled,
            }
            : throw new LastAdminException(user.Email);
    }

    private async Task<bool> ChangeAsync(
        DbConnection connection,
        User user,
        Role role,
        bool isDisabled,
        CancellationToken cancellationToken
    )
    {
        var isChanged =
            await connection.ExecuteAsync(
                """
                UPDATE tradepost_private.users SET role = @role, is_disabled = @isDisabled, changed_at = @now
                WHERE id = @id AND (@remains OR role <> 'admin' OR is_disabled
                  OR EXISTS (SELECT 1 FROM tradepost_private.users other WHERE other.id <> @id AND other.role = 'admin'
                    AND NOT other.is_disabled AND other.password_hash IS NOT NULL))
                """,
                new
                {
                    id = user.Id,
                    role = Text(role),
                    isDisabled,
                    remains = role == Role.Admin && !isDisabled,
                    now = time.UtcMoment(),
                },
                cancellationToken
            ) == 1;
        if (isChanged && isDisabled)
        {
            await Credentials.EndAsync(connection, user.Id, "user disabled", time.UtcMoment(), cancellationToken);
        }

        return isChanged;
    }

    private User New(string email, Role role, string? passwordHash) =>
        new(Guid.CreateVersion7(time.GetUtcNow()), email, role, passwordHash, IsDisabled: false, time.UtcMoment());

    private static async Task<bool> InsertAsync(DbConnection connection, User user, CancellationToken cancellationToken) =>
        await connection.ExecuteAsync(
            """
            INSERT INTO tradepost_private.users (id, email, role, password_hash, is_disabled, created_at, changed_at)
            VALUES (@id, @email, @role, @hash, FALSE, @now, @now) ON CONFLICT (email) DO NOTHING
            """,
            new
            {
                id = user.Id,
                email = user.Email,
                role = Text(user.Role),
                hash = user.PasswordHash,
                now = user.CreatedAt,
            },
            cancellationToken
        ) == 1;

    private static Task<long> CountAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>("SELECT count(*) FROM tradepost_private.users", parameters: null, cancellationToken);

    private async Task<IAsyncDisposable> LockAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await store.TryLockAsync("users", cancellationToken) is { } held)
            {
                return held;
            }

            await Task.Delay(LockPause, time, cancellationToken);
        }
    }

    private async Task<User?> FindAsync(string condition, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await store.Secrets.OpenAsync(cancellationToken);
        return await ReadAsync(connection, condition, parameters, cancellationToken) is [var user] ? user : null;
    }

    private static async Task<IReadOnlyList<User>> ReadAsync(
        DbConnection connection,
        string condition,
        object? parameters,
        CancellationToken cancellationToken
    ) =>
        [
            .. (
                await connection.QueryAsync<Row>(
                    $"SELECT {Columns} FROM tradepost_private.users {condition}",
                    parameters,
                    cancellationToken
                )
            ).Select(row => row.User()),
        ];

    private static string Text(Role role) => Spelling.Snake(role.ToString());

    private sealed class Row
    {
        public Guid Id { get; set; }

        public string Email { get; set; } = "";

        public string Role { get; set; } = "";

        public string? Password_Hash { get; set; }

        public bool Is_Disabled { get; set; }

        public DateTime Created_At { get; set; }

        public User User() => new(Id, Email, Enum.Parse<Role>(Role, ignoreCase: true), Password_Hash, Is_Disabled, Created_At);
    }
}

/// <summary>There is a user with this e-mail already.</summary>
internal sealed class UserExistsException(string email) : ForeseenException(FailureKind.Conflict, $"There is a user {email} already.");

/// <summary>A change would leave nobody who may administer.</summary>
internal sealed class LastAdminException(string email)
    : ForeseenException(FailureKind.Conflict, $"{email} is the only administrator who can sign in; make another one first.");
