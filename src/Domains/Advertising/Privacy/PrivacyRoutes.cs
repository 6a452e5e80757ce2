using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Advertising.Events;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Advertising.Privacy;

/// <summary>What is kept of a person, and whether it may be.</summary>
internal static class PrivacyRoutes
{
    private const string UserText = "The person's user_id, as events have it.";
    private const string UserExample = "user-17";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/api/v1/privacy/{user}");
        person
            .MapGet("/export", ExportAsync)
            .ForAdmins(RateClass.Query)
            .Describe(
                "ads",
                "Give everything that is kept of a person",
                "Events, what they add up to, and consent. The job ads.erase removes it."
            )
            .Path("user", UserText, UserExample);
        person
            .MapPut("/consent", ConsentAsync)
            .ForAdmins()
            .Describe("ads", "Say whether events of a person may be stored", "It holds for events that are counted from now on.")
            .Path("user", UserText, UserExample)
            .Example("""{"events": false}""");
    }

    private static async Task<Ok<HeldOfPerson>> ExportAsync(
        string user,
        Store store,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var held = new HeldOfPerson
        {
            User = user,
            Consent = await connection.ScalarAsync<bool?>(
                "SELECT COALESCE((SELECT events FROM consents WHERE user_id = @user), (SELECT FALSE FROM erased_refusals WHERE person = @person))",
                new { user, person = ErasedPersons.MarkOf(user) },
                cancellationToken
            ),
            Events = await connection.ReadAsync(
                "SELECT id, type, happened_at, campaign_id, ad_id, value, currency FROM ad_events WHERE user_id = @user ORDER BY happened_at, id",
                new { user },
                ReadEvent,
                cancellationToken
            ),
            Days = await connection.ReadAsync(
                """
                SELECT campaign_id, CAST("date" AS timestamp), total_impressions, total_clicks, total_spend, total_conversions
                FROM daily_campaign_summary WHERE user_id = @user ORDER BY 1, 2
                """,
                new { user },
                ReadDay,
                cancellationToken
            ),
        };
        await audit.AddAsync(context, "person.exported", ErasedPersons.MarkOf(user), cancellationToken);
        return TypedResults.Ok(held);
    }

    private static async Task<NoContent> ConsentAsync(
        string user,
        Body<ConsentChange> body,
        Store store,
        TimeProvider time,
        IAudit audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var said = new
        {
            user,
            events = body.Value.Events!.Value, // required
            now = time.UtcMoment(),
        };
        await connection.ExecuteAsync(
            """
            INSERT INTO consents (user_id, events, decided_at) VALUES (@user, @events, @now)
            ON CONFLICT (user_id) DO UPDATE SET events = excluded.events, decided_at = excluded.decided_at
            """,
            said,
            cancellationToken
        );
        if (said.events)
        {
            await connection.ExecuteAsync(
                "DELETE FROM erased_refusals WHERE person = @person",
                new { person = ErasedPersons.MarkOf(user) },
                cancellationToken
            );
        }

        await transaction.CommitAsync(cancellationToken);
        await audit.AddAsync(context, said.events ? "person.consented" : "person.refused", ErasedPersons.MarkOf(user), cancellationToken);
        return TypedResults.NoContent();
    }

    private static HeldEvent ReadEvent(DbDataReader row) =>
        new()
        {
            Id = row.GetString(0),
            Type = row.GetString(1),
            At = row.GetDateTime(2),
            CampaignId = row.GetString(3),
            AdId = row.GetString(4),
            Value = row.GetDecimal(5),
            Currency = row.IsDBNull(6) ? null : row.GetString(6),
        };

    private static HeldDay ReadDay(DbDataReader row) =>
        new()
        {
            CampaignId = row.GetString(0),
            Date = DateOnly.FromDateTime(row.GetDateTime(1)),
            Impressions = row.GetInt64(2),
            Clicks = row.GetInt64(3),
            Spend = row.GetDecimal(4),
            Conversions = row.GetDouble(5),
        };
}
