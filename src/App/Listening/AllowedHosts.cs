using System.Net;
using Microsoft.AspNetCore.Http;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>
/// The names under which the server is reached: a page of elsewhere whose name was made to point here (DNS rebinding) sends its
/// own, and is refused. Known are the loopback names, the address a request came to, what the server listens on, the names of its
/// certificate, and what TRADEPOST_HOSTS lists.
/// </summary>
internal sealed class AllowedHosts
{
    private const string Subdomains = "*.";

    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase) { "localhost", "127.0.0.1", "::1" };
    private readonly List<string> endings = [];
    private readonly ServerCertificate? certificate;

    private AllowedHosts(ServerCertificate? certificate) => this.certificate = certificate;

    /// <summary>Whether TRADEPOST_HOSTS says anything; else a proxy that is believed may send the name that it is reached under.</summary>
    public bool AreListed { get; private init; }

    public static AllowedHosts From(Settings settings, IReadOnlyList<Listener> listeners, ServerCertificate? certificate)
    {
        var listed = (settings.Find(SettingNames.Hosts) ?? "").Split(
            [',', ';', ' '],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        var hosts = new AllowedHosts(certificate) { AreListed = listed.Length > 0 };
        foreach (var text in listed)
        {
            hosts.Add(text);
        }

        hosts.names.UnionWith(listeners.Select(listener => listener.Host));
        if (listeners.Any(listener => !listener.IsLoopback))
        {
            hosts.names.Add(Environment.MachineName);
        }

        return hosts;
    }

    /// <summary>Whether a request with this host, or with none as HTTP/1.0 may, that came to this address is for this server.</summary>
    public bool Allow(HostString host, IPAddress? local)
    {
        var name = Plain(host.Host);
        return !host.HasValue
            || names.Contains(name)
            || endings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            || (IPAddress.TryParse(name, out var address) && local is not null && Mapped(address).Equals(Mapped(local)))
            || certificate?.IsFor(name) == true;
    }

    private static IPAddress Mapped(IPAddress address) => new(address.MapToIPv6().GetAddressBytes()); // without the zone of a link

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.');

    private void Add(string text)
    {
        var name = Plain(text);
        var isFamily = name.StartsWith(Subdomains, StringComparison.Ordinal);
        if (Uri.CheckHostName(isFamily ? name[Subdomains.Length..] : name) == UriHostNameType.Unknown)
        {
            throw new ConfigurationException(
                SettingNames.Hosts,
                $"\"{text}\" cannot be used; allowed are names and addresses without a port, such as tradepost.example.org, "
                    + "*.example.org and 10.0.0.5."
            );
        }

        if (isFamily)
        {
            endings.Add(name[1..]);
        }
        else
        {
            names.Add(name);
        }
    }
}
