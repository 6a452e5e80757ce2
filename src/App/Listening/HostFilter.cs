using System.Net;
using Microsoft.AspNetCore.Http;
using Tradepost.Serving.Errors;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>Refuses requests that are meant for a host of another name.</summary>
internal sealed class HostFilter(RequestDelegate next, AllowedHosts hosts, Proxies proxies)
{
    private const int LongestShown = 100;

    private static readonly object Peer = new();

    /// <summary>Keeps the far end of the connection, before what a proxy says takes its place.</summary>
    public static Task KeepPeerAsync(HttpContext context, RequestDelegate next)
    {
        context.Items[Peer] = context.Connection.RemoteIpAddress;
        return next(context);
    }

    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host;
        return
            hosts.Allow(host, context.Connection.LocalIpAddress) || (!hosts.AreListed && proxies.Include(context.Items[Peer] as IPAddress))
            ? next(context)
            : throw new ApiException(
                421,
                $"This server is not \"{Shown(host)}\"; the setting {SettingNames.Hosts} lists the names that it answers to."
            );
    }

    private static string Shown(HostString host) =>
        host.Value is { Length: > LongestShown } text ? text[..LongestShown] + "…" : host.Value ?? "";
}
