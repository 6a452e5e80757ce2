using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Tradepost.Arguments;
using Tradepost.Serving.Errors;

namespace Tradepost.Serving.Requests;

/// <summary>A JSON body that is read as a job's arguments are: with the same checks and the same sentences.</summary>
/// <param name="Value">The fields.</param>
/// <param name="Arguments">The object under <c>arguments</c>, where a body has one.</param>
public sealed record Body<T>(T Value, JsonElement? Arguments) : IEndpointParameterMetadataProvider
    where T : notnull, new()
{
    private static readonly ArgumentReader Fields = ArgumentReader.Of(typeof(T));

    private static readonly bool MayBeMissing = Fields.All.All(field => !field.IsRequired);

    private static readonly bool HasArguments = typeof(IHasArguments).IsAssignableFrom(typeof(T));

    /// <summary>The arguments as an object that can be changed; null without any.</summary>
    public JsonObject? ArgumentsObject() =>
        Arguments switch
        {
            null => null,
            { ValueKind: JsonValueKind.Object } given => JsonObject.Create(given),
            _ => throw ApiException.Invalid("arguments", "The arguments must be a JSON object."),
        };

    /// <summary>Called by routing, which looks for it by its name.</summary>
    public static async ValueTask<Body<T>> BindAsync(HttpContext context)
    {
        if (MayBeMissing && context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false)
        {
            return new Body<T>(new T(), Arguments: null);
        }

        using var document = await JsonText.ReadAsync(context);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ApiException(422, "The body must be a JSON object.");
        }

        if (!HasArguments || !root.TryGetProperty("arguments", out var arguments))
        {
            return new Body<T>((T)Fields.FromJson(root), Arguments: null);
        }

        var rest = JsonSerializer.SerializeToElement(
            root.EnumerateObject().Where(field => field.Name != "arguments").ToDictionary(field => field.Name, field => field.Value)
        );
        return new Body<T>((T)Fields.FromJson(rest), arguments.Clone());
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), MayBeMissing));
        builder.Metadata.Add(new BodySchema(Fields, HasArguments));
    }
}

/// <summary>What a route's body holds, for its description.</summary>
internal sealed record BodySchema(ArgumentReader Fields, bool HasArguments);

/// <summary>Marks a body that also has a job's arguments, under <c>arguments</c>.</summary>
public interface IHasArguments;
