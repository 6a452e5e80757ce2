using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.Marketplace.Guarding;

/// <summary>What the guard does not believe, and what people decide about it.</summary>
internal static class SuspectRoutes
{
    private const string Example = """{"sku": "135293872", "date": "2026-01-31", "field": "price", "reason": "a real sale"}""";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var suspects = routes.MapGroup("/api/v1/marketplace/suspects");
        suspects
            .MapGet("", ListAsync)
            .ForUsers()
            .Describe("marketplace", "List the values that the guard does not believe", "The newest days first, a page at a time.");
        suspects
            .MapPost("/release", ReleaseAsync)
            .ForAnalysts()
            .Describe(
                "marketplace",
                "Release suspect values of a product's day",
                "They are true: estimates use them, and the guard does not find them again.",
                404
            )
            .Example(Example);
        suspects
            .MapPost("/confirm", ConfirmAsync)
            .ForAnalysts()
            .Describe("marketplace", "Confirm suspect values of a product's day", "They are not true, and stay out of estimates.", 404)
            .Example(Example);
    }

    private static async Task<Ok<Page<Suspect>>> ListAsync(
        Query<SuspectFilter> query,
        Suspects suspects,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        return TypedResults.Ok(Page.Of(await suspects.ListAsync(asked, cancellationToken), asked.Limit, asked.Cursor));
    }

    private static Task<Ok<DecidedSuspects>> ReleaseAsync(
        Body<SuspectDecision> body,
        Caller caller,
        Suspects suspects,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    ) => DecideAsync(body.Value, SuspectState.Released, caller, suspects, audit, context, cancellationToken);

    private static Task<Ok<DecidedSuspects>> ConfirmAsync(
        Body<SuspectDecision> body,
        Caller caller,
        Suspects suspects,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    ) => DecideAsync(body.Value, SuspectState.Confirmed, caller, suspects, audit, context, cancellationToken);

    private static async Task<Ok<DecidedSuspects>> DecideAsync(
        SuspectDecision decision,
        SuspectState state,
        Caller caller,
        Suspects suspects,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (decision.Reason.Length > SuspectDecision.LongestReason)
        {
            throw ApiException.Invalid(
                "reason",
                $"reason has {decision.Reason.Length} characters; at most {SuspectDecision.LongestReason} are kept."
            );
        }

        var decided = await suspects.DecideAsync(decision, state, caller.Email, cancellationToken);
        if (decided.Values == 0)
        {
            throw ApiException.NotFound(SuspectCommands.NothingSuspect(decision));
        }

        await audit.AddAsync(context, decided.Action, decided.Subject, cancellationToken);
        return TypedResults.Ok(decided);
    }
}
