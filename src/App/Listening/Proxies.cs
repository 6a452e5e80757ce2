using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Listening;

/// <summary>The reverse proxies that are believed when they say for whom they ask.</summary>
internal sealed record Proxies(IReadOnlyList<IPAddress> Addresses, IReadOnlyList<System.Net.IPNetwork> Networks)
{
    public bool Any => Addresses.Count + Networks.Count > 0;

    public static Proxies From(Settings settings)
    {
        var (addresses, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (
            var text in (settings.Find(SettingNames.Proxies) ?? "").Split(
                [',', ';', ' '],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (IPAddress.TryParse(text, out var address))
            {
                addresses.Add(address);
            }
            else
            {
                networks.Add(
                    System.Net.IPNetwork.TryParse(text, out var network)
                        ? network
                        : throw new ConfigurationException(
                            SettingNames.Proxies,
                            $"\"{text}\" cannot be used; allowed are addresses and networks such as 10.0.0.5 and 10.1.0.0/16."
                        )
                );
            }
        }

        return new Proxies(addresses, networks);
    }

    /// <summary>Whether the far end of a connection is one of them.</summary>
    public bool Include(IPAddress? peer)
    {
        var plain = peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
        return plain is not null && (Addresses.Contains(plain) || Networks.Any(network => network.Contains(plain)));
    }

    public ForwardedHeadersOptions Options()
    {
        // As many steps back as there are believed proxies in a row: the first that is not one of them is the client.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var address in Addresses)
        {
            options.KnownProxies.Add(address);
        }

        foreach (var network in Networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        return options;
    }
}
