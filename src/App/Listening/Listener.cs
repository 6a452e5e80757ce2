using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>Where the server listens, and the rule that keeps passwords and tokens off the open network.</summary>
internal sealed record Listener(string Host, int Port, bool IsSecure)
{
    public const string Default = "http://127.0.0.1:8000";

    private const string Example = "http://127.0.0.1:8000 or https://0.0.0.0:8443";

    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads addresses behind <c>--urls</c> or in TRADEPOST_URLS: separated by semicolons or commas.</summary>
    public static IReadOnlyList<Listener> Parse(string source, string urls)
    {
        var listeners = urls.Split([';', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(url => ParseOne(source, url))
            .ToList();
        return listeners.Count > 0 ? listeners : throw Wrong(source, urls);
    }

    public void Listen(KestrelServerOptions kestrel, ServerCertificate? certificate, TimeProvider time)
    {
        void Use(ListenOptions options)
        {
            if (IsSecure)
            {
                certificate!.Use(options);
            }

            Refusals.Use(options, time);
        }

        switch (Host)
        {
            case "localhost" when Port != 0:
                kestrel.ListenLocalhost(Port, Use);
                break;
            case "localhost":
                kestrel.Listen(IPAddress.Loopback, Port, Use);
                break;
            case "*" or "+":
                kestrel.ListenAnyIP(Port, Use);
                break;
            default:
                kestrel.Listen(IPAddress.Parse(Host), Port, Use);
                break;
        }
    }

    /// <summary>Refuses what would send passwords readable over a network.</summary>
    public void Check(ServerCertificate? certificate, bool isBehindProxy, bool isForced)
    {
        if (IsSecure && certificate is null)
        {
            throw new UsageException($"{this} needs a certificate: set {SettingNames.Certificate} and {SettingNames.CertificateKey}.");
        }

        if (!IsSecure && !IsLoopback && !isBehindProxy && !isForced)
        {
            throw new UsageException(
                $"{this} would send passwords and tokens readable over the network. Use https with {SettingNames.Certificate}, or name "
                    + $"the reverse proxy that encrypts in {SettingNames.Proxies}, or force it with --insecure."
            );
        }
    }

    public override string ToString() =>
        $"{(IsSecure ? "https" : "http")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    private static Listener ParseOne(string source, string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            throw Wrong(source, url);
        }

        var isSecure = string.Equals(address.Scheme, "https", StringComparison.OrdinalIgnoreCase);
        if (
            (!isSecure && !string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase))
            || address.IsUnixPipe
            || address.PathBase.Length > 0
        )
        {
            throw Wrong(source, url);
        }

        var host = address.Host.Trim('[', ']').ToLowerInvariant();
        return (host is "localhost" or "*" or "+" || IPAddress.TryParse(host, out _)) && address.Port is >= 0 and <= IPEndPoint.MaxPort
            ? new Listener(host, address.Port, isSecure)
            : throw Wrong(source, url);
    }

    private static UsageException Wrong(string source, string held) =>
        new($"{source} holds \"{held}\"; expected are addresses to listen on, such as {Example}.");
}
