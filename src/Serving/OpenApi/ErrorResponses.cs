using System.Text.Json.Nodes;
using Tradepost.Serving.Errors;

namespace Tradepost.Serving.OpenApi;

/// <summary>The responses that are errors: one shape, one description for each status.</summary>
internal static class ErrorResponses
{
    private static readonly (int Status, string Text)[] All =
    [
        (400, "The request cannot be understood: it is not JSON, or holds characters that no text may hold."),
        (401, "There is no valid bearer token, or what was to sign in with is wrong."),
        (403, "The caller's role does not allow it; details.allowed names the roles that do."),
        (404, "There is no such thing; details.allowed lists what there is, where that is short."),
        (409, "It is already running, exists already, or has ended; details.run_id names the run that is in the way."),
        (413, "The body is too large."),
        (415, "The body is not JSON."),
        (422, "A value fails validation: details.field names it, details.allowed what is allowed."),
        (429, "Too many requests; Retry-After says when to go on."),
        (500, "Something unexpected went wrong; details.request_id leads to the server's log."),
        (502, "A service that this one asks refuses it; the sentence says why, and what to do."),
        (503, "The store or another service cannot be reached, or the answer took too long; Retry-After says when to try again."),
    ];

    public static JsonObject Describe(Schemas schemas) =>
        new(All.Select(error => KeyValuePair.Create(Name(error.Status), (JsonNode?)Describe(error.Status, error.Text, schemas))));

    private static string Name(int status) => $"Error{status}";

    private static JsonObject Describe(int status, string text, Schemas schemas)
    {
        var response = new JsonObject
        {
            ["description"] = text,
            ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Reference(typeof(ErrorBody)) } },
        };
        if (status is 429 or 503)
        {
            response["headers"] = new JsonObject
            {
                ["Retry-After"] = new JsonObject
                {
                    ["description"] = "Seconds to wait.",
                    ["schema"] = new JsonObject { ["type"] = "integer" },
                },
            };
        }

        return response;
    }
}
