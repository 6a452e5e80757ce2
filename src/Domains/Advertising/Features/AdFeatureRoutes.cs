using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;

namespace Tradepost.Advertising.Features;

/// <summary>Features of ads, as models get them.</summary>
internal static class AdFeatureRoutes
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/ads/features", ReadAsync)
            .ForAnalysts(RateClass.Read)
            .Describe(
                "ads",
                "Show what is known of an ad",
                "Counts and shrunk rates over the last day, 7 and 30 days, frequency, pacing, age, placements and audience, by what was known at a moment, "
                    + "with how old that is. Models are trained on the same."
            );

    private static async Task<Ok<AdFeatures>> ReadAsync(
        Query<FeaturesOfAdQuery> query,
        ServedFeatures features,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var asked = query.Value;
        DateTime? asOf = asked.AsOf is { } said ? DateTime.SpecifyKind(said, DateTimeKind.Unspecified) : null;
        if (asOf > time.UtcMoment())
        {
            throw ApiException.Invalid("as_of", "as_of is later than now; nothing is known as of then.");
        }

        return TypedResults.Ok(await features.ReadAsync(asked.Account, asked.Ad, asOf, cancellationToken));
    }
}
