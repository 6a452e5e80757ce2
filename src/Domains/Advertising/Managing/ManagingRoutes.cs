using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Advertising.Syncing.Graph;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Managing;

/// <summary>Makes and changes campaigns, and takes changes back.</summary>
internal static class ManagingRoutes
{
    private const string DryRun =
        "Without \"apply\": true it is a dry run: it answers what would change, within which limits, and writes nothing at the platform.";

    private const string KeyText =
        "Chosen by the client: the same request with the same key is done once, and answered with what came of it.";

    private static readonly TimeSpan ShortPause = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var campaigns = routes.MapGroup("/api/v1/campaigns");
        campaigns
            .MapPost("", CreateAsync)
            .ForAdmins()
            .Describe("ads", "Make a campaign", DryRun, 404, 409, 502)
            .Header(IdempotencyKey.Header, KeyText)
            .Example("""{"name": "Spring", "objective": "OUTCOME_SALES", "daily_budget": "25.00"}""");
        campaigns
            .MapPatch("/{id}", UpdateAsync)
            .ForAdmins()
            .Describe("ads", "Change a campaign's name, status or budget", DryRun, 404, 409, 502)
            .Path("id", "The campaign's key on its platform.", "120210000000000017")
            .Header(IdempotencyKey.Header, KeyText)
            .Example("""{"daily_budget": "30.00", "apply": true}""");
        campaigns
            .MapGet("/changes", ListAsync)
            .ForUsers()
            .Describe("ads", "List the changes of campaigns", "The newest first, dry runs among them, a page at a time.");
        campaigns
            .MapPost("/changes/{id:guid}/undo", UndoAsync)
            .ForAdmins()
            .Describe(
                "ads",
                "Take a change of a campaign back",
                "It is as before the change, where nothing of it was changed since; a campaign that was made is archived.",
                404,
                409,
                422,
                502
            )
            .Path("id", "The change.", "01990000-0000-7000-8000-000000000001");
    }

    private static async Task<Ok<Page<CampaignChange>>> ListAsync(
        Query<ChangesQuery> query,
        CampaignManager manager,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(Page.Of(await manager.ListAsync(query.Value, cancellationToken), query.Value.Limit, query.Value.Cursor));

    private static Task<Ok<CampaignChange>> CreateAsync(
        Body<CampaignDraft> body,
        Caller caller,
        CampaignManager manager,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    ) => AnswerAsync(() => manager.CreateAsync(body.Value, AskerOf(context, caller), cancellationToken), audit, context);

    private static Task<Ok<CampaignChange>> UpdateAsync(
        string id,
        Body<CampaignEdit> body,
        Caller caller,
        CampaignManager manager,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    ) => AnswerAsync(() => manager.UpdateAsync(id, body.Value, AskerOf(context, caller), cancellationToken), audit, context);

    private static Task<Ok<CampaignChange>> UndoAsync(
        Guid id,
        Caller caller,
        CampaignManager manager,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    ) => AnswerAsync(() => manager.UndoAsync(id, AskerOf(context, caller), cancellationToken), audit, context);

    private static ChangeAsker AskerOf(HttpContext context, Caller caller) => new(caller.Email, IdempotencyKey.Find(context, caller));

    private static async Task<Ok<CampaignChange>> AnswerAsync(Func<Task<CampaignChange>> work, IAudit audit, HttpContext context)
    {
        try
        {
            var change = await work();
            if (change.State == ChangeState.Applied)
            {
                await audit.AddAsync(
                    context,
                    $"campaign.{Spelling.Snake($"{change.Action}")}",
                    $"{change.Campaign}",
                    CancellationToken.None
                );
            }

            return TypedResults.Ok(change);
        }
        catch (ConfigurationException e)
        {
            throw ApiException.NotFound($"Changing campaigns is not set up on this server. {e.Message}");
        }
        catch (GraphException e)
        {
            throw Of(e);
        }
    }

    private static ApiException Of(GraphException e) =>
        e.Failure switch
        {
            GraphFailure.TokenDead => new ApiException(502, $"Meta refuses the token: {e.Message}. Give META_ACCESS_TOKEN a new one."),
            GraphFailure.Forbidden => new ApiException(
                502,
                $"Meta does not let the token's owner do this: {e.Message}. It needs ads_management for the account."
            ),
            GraphFailure.Limited => new ApiException(503, $"Meta allows no more for now: {e.Message}.", retryAfter: e.Regain),
            GraphFailure.Passing => new ApiException(503, $"Meta did not answer: {e.Message}.", retryAfter: ShortPause),
            _ => new ApiException(422, $"Meta refuses it: {e.Message}."),
        };
}
