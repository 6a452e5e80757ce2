using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.Serving.Callers;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Users.Auditing;

/// <summary>The audit log, for administrators.</summary>
internal static class AuditEndpoints
{
    public static void MapAudit(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/v1/audit", ListAsync)
            .ForAdmins(RateClass.Read)
            .Describe("users", "Show who did what to users and sessions, newest first");

    private static async Task<Ok<Page<AuditEntry>>> ListAsync(Query<AuditQuery> query, AuditLog audit, CancellationToken cancellationToken)
    {
        var entries = await audit.ListAsync(query.Value.Before ?? DateTime.MaxValue.Date, query.Value.Limit, cancellationToken);
        return TypedResults.Ok(
            new Page<AuditEntry>(
                entries,
                entries.Count == query.Value.Limit ? entries[^1].At.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'") : null
            )
        );
    }
}

internal sealed record AuditQuery
{
    [Description("How many entries to give at most.")]
    [Range(1, 1000)]
    public int Limit { get; init; } = 100;

    [Description("Only entries before this moment: next of the page before.")]
    public DateTime? Before { get; init; }
}
