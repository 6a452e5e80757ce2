using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Advertising.Completion;
using Tradepost.Advertising.Money;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Advertising.Campaigns;

/// <summary>Campaigns, and what came of them.</summary>
internal static class CampaignRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/v1/campaigns", ListAsync)
            .ForUsers()
            .Describe("ads", "List the campaigns", "In the order of their accounts and keys, a page at a time.");
        routes
            .MapGet("/api/v1/analytics/campaigns", FiguresAsync)
            .ForUsers(RateClass.Query)
            .Describe(
                "ads",
                "Add up what came of campaigns",
                "Divided by account, campaign, ad set, ad, date, week or month, of any period, as known now or at an earlier moment. What a platform "
                    + "reports of a campaign's day comes before what events count of it."
            );
        routes
            .MapGet("/api/v1/analytics/restatements", RestatementsAsync)
            .ForUsers(RateClass.Query)
            .Describe(
                "ads",
                "List the days that platforms restated",
                "Numbers of a campaign's day before and after, when each was learned; the newest first, a page at a time."
            );
        routes
            .MapGet("/api/v1/analytics/completion", CompletionAsync)
            .ForUsers(RateClass.Query)
            .Describe(
                "ads",
                "Show how soon conversions are known",
                "The share of a day's final conversions that is known after 0 to 28 days, of days that are final, with an interval."
            );
    }

    private static async Task<Ok<ItemList<CompletionPoint>>> CompletionAsync(
        Query<CompletionQuery> query,
        Store store,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<CompletionPoint>(await new CompletionCurves(store, time).ReadAsync(query.Value, cancellationToken)));

    private static async Task<Ok<Page<Restatement>>> RestatementsAsync(
        Query<RestatementsQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            Page.Of(
                await new CampaignReports(store).RestatementsAsync(query.Value, cancellationToken),
                query.Value.Limit,
                query.Value.Cursor
            )
        );

    private static async Task<Ok<Page<CampaignFigures>>> FiguresAsync(
        Query<FiguresQuery> query,
        Store store,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            Page.Of(await new CampaignReports(store).ReadAsync(query.Value, cancellationToken), query.Value.Limit, query.Value.Cursor)
        );

    private static async Task<Ok<Page<SeenCampaign>>> ListAsync(
        Query<CampaignsQuery> query,
        Store store,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        await using var connection = await store.OpenAsync(cancellationToken);
        var campaigns = await connection.ReadAsync(
            """
            SELECT id, user_id, name, status, objective, currency, daily_budget, lifetime_budget, learned_at FROM campaigns
            WHERE (@search = '' OR lower(id) LIKE @pattern OR lower(name) LIKE @pattern) AND (@account = '' OR user_id = @account)
              AND (@status = '' OR status = @status)
            ORDER BY user_id, id LIMIT @limit OFFSET @offset
            """,
            new
            {
                search = asked.Search ?? "",
                pattern = $"%{asked.Search?.ToLowerInvariant()}%",
                account = asked.Account ?? "",
                status = asked.Status ?? "",
                limit = asked.Limit,
                offset = asked.Cursor,
            },
            Read,
            cancellationToken
        );
        return TypedResults.Ok(Page.Of(campaigns, asked.Limit, asked.Cursor));
    }

    private static SeenCampaign Read(DbDataReader row)
    {
        var currency = Currency.Find(Text(row, 5));
        return new SeenCampaign
        {
            Id = row.GetString(0),
            Account = row.GetString(1),
            Name = Text(row, 2),
            Status = Text(row, 3),
            Objective = Text(row, 4),
            Currency = Text(row, 5),
            DailyBudget = Budget(row, 6, currency),
            LifetimeBudget = Budget(row, 7, currency),
            LearnedAt = row.GetDateTime(8),
        };
    }

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static decimal? Budget(DbDataReader row, int column, Currency? currency) =>
        row.IsDBNull(column) || currency is not { } known ? null : new MinorUnits(row.GetInt64(column), known).Major;
}
