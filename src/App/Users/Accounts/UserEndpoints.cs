using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Auditing;
using Tradepost.App.Users.SignIns;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Users.Accounts;

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
