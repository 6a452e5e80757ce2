using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;

namespace Tradepost.Serving.OpenApi;

/// <summary>The API as an OpenAPI 3.1 document, made from the routes themselves.</summary>
internal static class OpenApiDocument
{
    private const string Introduction = """
        Every error has one shape: status, error, timestamp, details. Names are snake_case, times are UTC, exact decimals are texts.
        Sign in with POST /api/v1/auth/token and send the access token as `Authorization: Bearer …`.
        """;

    public static byte[] Create(IEnumerable<Endpoint> endpoints, ApiDescription description)
    {
        var schemas = new Schemas(description.Examples());
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (
                endpoint.Metadata.GetMetadata<RouteDescription>() is not { } described
                || endpoint.Metadata.GetMetadata<RouteTraits>() is not { } traits
            )
            {
                continue;
            }

            var path = PathOf(endpoint);
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Where(method => method != "HEAD"))
            {
                paths.TryAdd(path, []);
                paths[path][method.ToLowerInvariant()] = new Operation(endpoint, described, traits, method, schemas).Describe();
            }
        }

        var errors = ErrorResponses.Describe(schemas);
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Tradepost",
                ["version"] = description.Version,
                ["description"] = Introduction,
                ["license"] = new JsonObject { ["name"] = "Apache-2.0", ["identifier"] = "Apache-2.0" },
            },
            ["tags"] = new JsonArray([.. description.Tags.Select(tag => new JsonObject { ["name"] = tag })]),
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = new JsonObject(paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.All,
                ["responses"] = errors,
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                    },
                },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, ResultJson.Options);
    }

    // Without constraints: /runs/{id:guid} is /runs/{id}.
    private static string PathOf(RouteEndpoint endpoint) =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                            RoutePatternLiteralPart literal => literal.Content,
                            _ => "",
                        }
                    )
                )
            )
        );
}

/// <summary>What the description of the API says that no route says.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Tags">The groups of routes, in the order in which a reader wants them.</param>
/// <param name="Examples">Examples, as JSON, of what the server sends; a test holds each against its schema.</param>
internal sealed record ApiDescription(string Version, IReadOnlyList<string> Tags, Func<IReadOnlyDictionary<Type, string>> Examples);
