using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Tradepost.Arguments;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Requests;
using Tradepost.Serving.Runs;

namespace Tradepost.Serving.OpenApi;

/// <summary>One route with one method, as OpenAPI describes it.</summary>
internal sealed class Operation(RouteEndpoint endpoint, RouteDescription description, RouteTraits traits, string method, Schemas schemas)
{
    private const string Json = "application/json";

    private bool HasBody => endpoint.Metadata.GetMetadata<BodySchema>() is not null;

    private bool IsChecked => HasBody || endpoint.Metadata.GetMetadata<QuerySchema>() is not null;

    public JsonObject Describe()
    {
        var operation = new JsonObject
        {
            ["operationId"] = Id(),
            ["tags"] = new JsonArray(description.Tag),
            ["summary"] = description.Summary,
            ["description"] = string.Join("\n\n", new[] { description.Details, Roles() }.Where(text => text is not null)),
            ["security"] = traits.IsOpen ? [] : new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        };
        if (Parameters() is { Count: > 0 } parameters)
        {
            operation["parameters"] = parameters;
        }

        if (Body() is { } body)
        {
            operation["requestBody"] = body;
        }

        operation["responses"] = Responses();
        return operation;
    }

    private string Roles() =>
        traits.Roles is null
            ? "Anybody may call it, without a token."
            : $"Roles: {string.Join(", ", traits.Roles.Select(role => Spelling.Snake(role.ToString())))}.";

    private string Id() =>
        method.ToLowerInvariant()
        + string.Concat(
            endpoint
                .RoutePattern.PathSegments.SelectMany(segment => segment.Parts)
                .Select(part =>
                    part is RoutePatternParameterPart parameter ? "By-" + parameter.Name : ((RoutePatternLiteralPart)part).Content
                )
                .SelectMany(text => text.Split(['-', '_', '.']))
                .Where(word => word is not ("api" or "v1"))
                .Select(word => char.ToUpperInvariant(word[0]) + word[1..])
        );

    private JsonArray Parameters()
    {
        var texts = endpoint.Metadata.GetOrderedMetadata<ParameterText>();
        var path = endpoint.RoutePattern.Parameters.Select(parameter =>
            Path(parameter, texts.FirstOrDefault(text => text.In == "path" && text.Name == parameter.Name))
        );
        var fields = endpoint.Metadata.GetMetadata<QuerySchema>()?.Fields;
        var described = fields is null ? null : schemas.Of(fields)["properties"];
        var query = (fields?.All ?? []).Select(field =>
        {
            var schema = described![field.Key]!.DeepClone().AsObject();
            var text = schema["description"]?.GetValue<string>() ?? "";
            schema.Remove("description");
            return new JsonObject
            {
                ["name"] = field.Key,
                ["in"] = "query",
                ["required"] = field.IsRequired,
                ["description"] = text,
                ["schema"] = schema,
            };
        });
        var headers = texts
            .Where(text => text.In == "header")
            .Select(text => new JsonObject
            {
                ["name"] = text.Name,
                ["in"] = "header",
                ["required"] = false,
                ["description"] = text.Description,
                ["schema"] = new JsonObject { ["type"] = "string" },
            });
        return new JsonArray([.. path, .. query, .. headers]);
    }

    private static JsonObject Path(RoutePatternParameterPart parameter, ParameterText? text)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (parameter.ParameterPolicies.Any(policy => policy.Content == "guid"))
        {
            schema["format"] = "uuid";
        }

        var described = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = text?.Description ?? "",
            ["schema"] = schema,
        };
        if (text?.Example is { } example)
        {
            described["example"] = example;
        }

        return described;
    }

    private JsonObject? Body()
    {
        if (
            endpoint.Metadata.GetMetadata<BodySchema>() is not { } body
            || endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts
        )
        {
            return null;
        }

        var schema = schemas.Of(body.Fields);
        if (body.HasArguments)
        {
            schema["properties"]!["arguments"] = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = new JsonObject(),
                ["description"] = "The job's own arguments; GET /api/v1/jobs has their schema.",
            };
        }

        var content = new JsonObject { ["schema"] = schemas.Reference(type, schema) };
        if (endpoint.Metadata.GetMetadata<RequestExample>() is { } example)
        {
            content["example"] = JsonNode.Parse(example.Json);
        }

        return new JsonObject
        {
            ["required"] = !accepts.IsOptional,
            ["content"] = new JsonObject { [Json] = content },
        };
    }

    private JsonObject Responses()
    {
        var responses = new JsonObject();
        foreach (
            var produced in endpoint
                .Metadata.OfType<IProducesResponseTypeMetadata>()
                .Where(one => !one.ContentTypes.Contains(EventStream.MediaType))
                .OrderBy(one => one.StatusCode)
        )
        {
            responses[produced.StatusCode.ToString()] = Success(produced);
        }

        foreach (var status in Errors())
        {
            responses[status.ToString()] = new JsonObject { ["$ref"] = $"#/components/responses/Error{status}" };
        }

        return responses;
    }

    private JsonObject Success(IProducesResponseTypeMetadata produced)
    {
        var response = new JsonObject
        {
            ["description"] = produced.StatusCode switch
            {
                201 => "Created.",
                202 => "Accepted.",
                204 => "Done.",
                _ => "The answer.",
            },
        };
        if (produced.Type is { } type && type != typeof(void))
        {
            response["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = schemas.Reference(type) } };
        }

        if (endpoint.Metadata.GetMetadata<EventStream>() is not null)
        {
            response["content"]![EventStream.MediaType] = new JsonObject { ["schema"] = new JsonObject { ["type"] = "string" } };
        }

        if (produced.Type == typeof(RunStarted))
        {
            response["headers"] = new JsonObject
            {
                ["Location"] = new JsonObject
                {
                    ["description"] = "Where the run can be followed.",
                    ["schema"] = new JsonObject { ["type"] = "string" },
                },
            };
        }

        return response;
    }

    private SortedSet<int> Errors()
    {
        var statuses = new SortedSet<int>(description.Errors) { 500 };
        statuses.UnionWith(IsChecked ? [400, 422] : []);
        statuses.UnionWith(HasBody ? [413, 415] : []);
        statuses.UnionWith(traits.IsOpen ? [] : [401, 403]);
        statuses.UnionWith(traits.NeedsStore ? [503] : []);
        statuses.UnionWith(traits.Rate == RateClass.Free ? [] : [429]);
        return statuses;
    }
}
