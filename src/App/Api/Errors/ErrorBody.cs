using System.ComponentModel;

namespace Tradepost.App.Api.Errors;

/// <summary>The one shape that every error has.</summary>
internal sealed record ErrorBody
{
    [Description("Always \"error\".")]
    public required string Status { get; init; }

    [Description("What is wrong, in one sentence.")]
    public required string Error { get; init; }

    [Description("When, in UTC.")]
    public required string Timestamp { get; init; }

    [Description("What a program can use: field, allowed, run_id, request_id.")]
    public required IReadOnlyDictionary<string, object> Details { get; init; }
}
