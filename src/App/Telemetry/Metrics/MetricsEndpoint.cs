using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Errors;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Telemetry.Metrics;

/// <summary><c>/metrics</c>, for Prometheus.</summary>
internal static class MetricsEndpoint
{
    private const string Scheme = "Bearer ";

    // What a proxy adds: then the near end of the connection says nothing about who asks.
    private static readonly string[] Forwarding = ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Via"];

    /// <summary>Served to this machine, to whoever has signed in, and to whoever has the token of TRADEPOST_METRICS_TOKEN.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<MeterProvider>() is not { } metrics)
        {
            return;
        }

        var token = routes.ServiceProvider.GetRequiredService<Settings>().Find(SettingNames.MetricsToken);
        var endpoint = routes.MapPrometheusScrapingEndpoint(
            "/metrics",
            metrics,
            branch =>
                branch.Use(
                    (context, next) =>
                    {
                        if (!MayRead(context, token))
                        {
                            context.Response.Headers.WWWAuthenticate = "Bearer";
                            throw new ApiException(
                                401,
                                $"Metrics are shown to this machine, to users, and to whoever has the token of {SettingNames.MetricsToken}."
                            );
                        }

                        return next(context);
                    }
                ),
            optionsName: null
        );
        endpoint.WithMetadata(new HttpMethodMetadata([HttpMethods.Get])).ForAnybody(RateClass.Free).ExcludeFromDescription();
    }

    private static bool MayRead(HttpContext context, string? token) =>
        context.FindCaller() is not null
        || (token is not null && HasToken(context.Request.Headers.Authorization.ToString(), token))
        || (
            token is null
            && context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && !Forwarding.Any(context.Request.Headers.ContainsKey)
        );

    private static bool HasToken(string authorization, string token) =>
        authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..].Trim())),
            SHA256.HashData(Encoding.UTF8.GetBytes(token))
        );
}
