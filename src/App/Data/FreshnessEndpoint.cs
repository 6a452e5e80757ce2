using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.App.Data;

/// <summary>How far the tables of all domains are filled.</summary>
internal static class FreshnessEndpoint
{
    public static void MapFreshness(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/freshness", ListAsync)
            .ForUsers()
            .Describe(
                "data",
                "List up to when the domains' tables are filled",
                "Tables that nothing was loaded into yet are not in the list."
            );

    private static async Task<Ok<ItemList<FreshTable>>> ListAsync(Store store, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var tables = new List<FreshTable>();
        foreach (var domain in Domains.All.Where(domain => domain.Freshness is not null))
        {
            tables.AddRange(
                await connection.ReadAsync(
                    domain.Freshness!,
                    row => new FreshTable(domain.Name, row.GetString(0), row.GetDateTime(1)),
                    cancellationToken
                )
            ); // those without one were left out
        }

        return TypedResults.Ok(new ItemList<FreshTable>(tables));
    }
}

/// <summary>A table, and up to when it is filled.</summary>
/// <param name="Domain">Whose it is.</param>
/// <param name="Name">The source's table, or the store's.</param>
/// <param name="Latest">What happened until then is in it.</param>
internal sealed record FreshTable(string Domain, string Name, DateTime Latest);
