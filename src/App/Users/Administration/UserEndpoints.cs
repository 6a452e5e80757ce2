using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Accounts;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Users.Administration;

/// <summary>Users, for administrators.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/v1/users");
        users.MapGet("", ListAsync).ForAdmins(RateClass.Read).Describe("users", "List the users");
        users
            .MapPost("", AddAsync)
            .ForAdmins()
            .Describe(
                "users",
                "Add a user",
                "Without a password the answer holds a code: /welcome#CODE lets the user set one, once, within 24 hours.",
                409
            )
            .Example("""{"email": "ben@example.com", "role": "analyst"}""");
        users
            .MapPatch("/{id:guid}", ChangeAsync)
            .ForAdmins()
            .Describe(
                "users",
                "Change, disable or enable a user",
                "Only what the body names is changed; it takes effect on the next request of that user.",
                404,
                409
            )
            .Example("""{"role": "viewer"}""");
    }

    private static async Task<Ok<ItemList<UserView>>> ListAsync(UserDirectory users, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<UserView>([.. (await users.ListAsync(cancellationToken)).Select(UserView.Of)]));

    private static async Task<Created<UserCreated>> AddAsync(
        Body<NewUser> body,
        UserAdministration administration,
        AccessState access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (user, code) = await administration.AddAsync(
            body.Value.Email,
            body.Value.Role,
            body.Value.Password,
            Origin.Of(context),
            cancellationToken
        );
        await access.ReloadAsync(cancellationToken);
        return TypedResults.Created((string?)null, new UserCreated(UserView.Of(user), code));
    }

    private static async Task<Ok<UserView>> ChangeAsync(
        Guid id,
        Body<UserChange> body,
        UserDirectory users,
        UserAdministration administration,
        AccessState access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (change, origin) = (body.Value, Origin.Of(context));
        var user = await users.FindAsync(id, cancellationToken) ?? throw ApiException.NotFound($"There is no user {id}.");
        if (change.Role is not null || change.IsDisabled is not null)
        {
            user = await administration.ChangeAsync(
                user,
                change.Role ?? user.Role,
                change.IsDisabled ?? user.IsDisabled,
                origin,
                cancellationToken
            );
        }

        if (change.Password is { } password)
        {
            user = await administration.SetPasswordAsync(user, password, origin, cancellationToken);
        }

        await access.ReloadAsync(cancellationToken);
        return TypedResults.Ok(UserView.Of(user));
    }
}

internal sealed record NewUser
{
    [Required]
    [Description("Where the user can be reached; the name to sign in with.")]
    public string Email { get; init; } = "";

    [Required]
    [Description("What the user may do.")]
    public Role Role { get; init; } = Role.Viewer;

    [Description("The password; without it the answer holds a code with which the user sets one.")]
    [FreeText]
    public string? Password { get; init; }
}

internal sealed record UserChange
{
    [Description("What the user may do from now on.")]
    public Role? Role { get; init; }

    [Description("Whether signing in and every token are refused.")]
    public bool? IsDisabled { get; init; }

    [Description("A new password; all the user's sessions end.")]
    [FreeText]
    public string? Password { get; init; }
}

/// <summary>A user who was added, and the code with which they set a password when none was given.</summary>
internal sealed record UserCreated(UserView User, string? LinkCode);

/// <summary>A user as others see them.</summary>
internal sealed record UserView
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required Role Role { get; init; }

    public required bool IsDisabled { get; init; }

    public required bool HasPassword { get; init; }

    public required DateTime CreatedAt { get; init; }

    public static UserView Of(User user) =>
        new()
        {
            Id = user.Id,
            Email = user.Email,
            Role = user.Role,
            IsDisabled = user.IsDisabled,
            HasPassword = user.PasswordHash is not null,
            CreatedAt = user.CreatedAt,
        };
}
