using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Callers;

namespace Tradepost.App.Users.Auditing;

/// <summary>Who does something, from where.</summary>
internal sealed record Origin(string Actor, string Client, string RequestId)
{
    /// <summary>What failed sign-ins are counted by.</summary>
    public string Network { get; private init; } = Client;

    public static Origin CommandLine { get; } = new("command line", "local", "");

    /// <summary>The caller of a request; who has not signed in is named by what they say, or not at all.</summary>
    public static Origin Of(HttpContext context, string? actor = null) =>
        new(actor ?? context.FindCaller()?.Email ?? "anonymous", ClientOf(context), context.TraceIdentifier)
        {
            Network = ClientNetwork.Of(context.Connection.RemoteIpAddress),
        };

    public static string ClientOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "local";
}
