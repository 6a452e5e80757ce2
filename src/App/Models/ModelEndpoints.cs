using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Users.Auditing;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;
using Tradepost.Storage;
using Tradepost.Training.Registry;

namespace Tradepost.App.Models;

/// <summary>What was trained, which version of it predicts, and who decided that.</summary>
internal static class ModelEndpoints
{
    private const string NameText = "The model's name.";
    private const string NameExample = "Prophet_daily_revenue";

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var models = routes.MapGroup("/api/v1/models");
        models.MapGet("", ListAsync).ForUsers().Describe("models", "List the models");
        models
            .MapGet("/{name}/versions", VersionsAsync)
            .ForUsers()
            .Describe(
                "models",
                "List a model's versions",
                "Newest first. Each metric stands beside that of the version in production; live says how predictions turned out.",
                404
            )
            .Path("name", NameText, NameExample);
        models
            .MapGet("/{name}/history", HistoryAsync)
            .ForUsers()
            .Describe(
                "models",
                "List what was in production when",
                "Newest first; what a row says holds from its moment on until that of the row above it.",
                404
            )
            .Path("name", NameText, NameExample);
        models
            .MapPost("/{name}/versions/{version}/promote", PromoteAsync)
            .ForAnalysts()
            .Describe(
                "models",
                "Put a version into production",
                "A version that is worse by the metric that decides is refused with 409, unless force is true.",
                404,
                409
            )
            .Path("name", NameText, NameExample)
            .Path("version", "The version's number.", "2")
            .Example("""{"force": false, "reason": "lower error over the last year"}""");
        models
            .MapPost("/{name}/rollback", RollBackAsync)
            .ForAnalysts()
            .Describe("models", "Put the version back that was in production before", 404, 409)
            .Path("name", NameText, NameExample)
            .Example("""{"reason": "it misses the holidays"}""");
    }

    private static async Task<Ok<ItemList<Model>>> ListAsync(Store store, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(new ItemList<Model>(await new ModelRegistry(store, time).ListAsync(cancellationToken)));

    private static async Task<Ok<ItemList<VersionView>>> VersionsAsync(
        string name,
        Store store,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<VersionView>(await VersionView.ListAsync(store, time, name, cancellationToken)));

    private static async Task<Ok<ItemList<Promotion>>> HistoryAsync(
        string name,
        Store store,
        TimeProvider time,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(new ItemList<Promotion>(await new ModelRegistry(store, time).HistoryAsync(name, cancellationToken)));

    private static async Task<Ok<Promotion>> PromoteAsync(
        string name,
        string version,
        Body<PromotionChange> body,
        Caller caller,
        Store store,
        TimeProvider time,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var number = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed)
            ? parsed
            : throw ApiException.NotFound($"There is no version \"{version}\" of {name}; versions are numbers.");
        var request = new PromotionRequest
        {
            By = caller.Email,
            Reason = body.Value.Reason,
            Force = body.Value.Force,
        };
        var promotion = await new ModelRegistry(store, time).PromoteAsync(name, number, request, cancellationToken);
        return await DoneAsync(promotion, audit, context, cancellationToken);
    }

    private static async Task<Ok<Promotion>> RollBackAsync(
        string name,
        Body<RollbackChange> body,
        Caller caller,
        Store store,
        TimeProvider time,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var promotion = await new ModelRegistry(store, time).RollBackAsync(
            name,
            new PromotionRequest { By = caller.Email, Reason = body.Value.Reason },
            cancellationToken
        );
        return await DoneAsync(promotion, audit, context, cancellationToken);
    }

    private static async Task<Ok<Promotion>> DoneAsync(
        Promotion promotion,
        AuditLog audit,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        await audit.AddAsync(Origin.Of(context), ModelAudit.ActionOf(promotion), ModelAudit.SubjectOf(promotion), cancellationToken);
        return TypedResults.Ok(promotion);
    }
}

internal sealed record PromotionChange
{
    public const int LongestReason = 1000;

    [Description("Also when the version is worse than what it replaces.")]
    public bool Force { get; init; }

    [Description("Why, for the history.")]
    [RegularExpression(@"[\s\S]{0,1000}")]
    [FreeText]
    public string Reason { get; init; } = "";
}

internal sealed record RollbackChange
{
    [Description("Why, for the history.")]
    [RegularExpression(@"[\s\S]{0,1000}")]
    [FreeText]
    public string Reason { get; init; } = "";
}
