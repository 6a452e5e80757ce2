using System.ComponentModel;
using System.Text.Json;
using Tradepost.Arguments;

namespace Tradepost.Serving.Errors;

/// <summary>The one shape that every error has.</summary>
internal sealed record ErrorBody
{
    public const string MediaType = "application/json; charset=utf-8";

    [Description("Always \"error\".")]
    public required string Status { get; init; }

    [Description("What is wrong, in one sentence.")]
    public required string Error { get; init; }

    [Description("When, in UTC.")]
    public required string Timestamp { get; init; }

    [Description("What a program can use: field, allowed, run_id, request_id.")]
    public required IReadOnlyDictionary<string, object> Details { get; init; }

    /// <summary>A problem as the bytes of an answer.</summary>
    public static byte[] Write(Problem problem, TimeProvider time) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new ErrorBody
            {
                Status = "error",
                Error = problem.Message,
                Timestamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
                Details = problem.Details ?? new Dictionary<string, object>(),
            },
            ResultJson.Options
        );
}
