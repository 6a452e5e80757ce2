using System.Net;
using Tradepost.Storage.Connections;

namespace Tradepost.Jobs.Alerts;

/// <summary>Where alerts may be posted to: hosts of the open internet, and what TRADEPOST_WEBHOOK_HOSTS names beside them.</summary>
internal sealed class WebhookHosts
{
    private readonly List<string> names = [];
    private readonly List<IPNetwork> networks = [];

    public static WebhookHosts From(Settings settings)
    {
        var hosts = new WebhookHosts();
        foreach (
            var text in (settings.Find(SettingNames.WebhookHosts) ?? "").Split(
                [',', ';', ' '],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            hosts.Add(text);
        }

        return hosts;
    }

    /// <summary>Whether a host of this name may be reached at this address.</summary>
    public bool Allows(string host, IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddress.Is(plain) || IsNamed(host) || networks.Any(network => network.Contains(plain));
    }

    /// <summary>Why an address may not be posted to, as far as it can be told without asking for its name; null when it may.</summary>
    public string? FindRefusal(Uri url)
    {
        var host = Plain(url.IdnHost);
        var isRefused = IPAddress.TryParse(host, out var address)
            ? !Allows(host, address)
            : (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)) && !Allows(host, IPAddress.Loopback);
        return isRefused ? Refusal(host) : null;
    }

    public static string Refusal(string host) =>
        $"{host} is this machine, in a private network, or no host of the internet; {SettingNames.WebhookHosts} can allow it.";

    private bool IsNamed(string host)
    {
        var plain = Plain(host);
        return names.Any(name =>
            name.StartsWith("*.", StringComparison.Ordinal) ? plain.EndsWith(name[1..], StringComparison.Ordinal) : plain == name
        );
    }

    private static string Plain(string host) => host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();

    private void Add(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out var address))
        {
            networks.Add(new IPNetwork(address, address.GetAddressBytes().Length * 8));
        }
        else if (text.Contains('/', StringComparison.Ordinal))
        {
            networks.Add(IPNetwork.TryParse(text, out var network) ? network : throw Wrong(text));
        }
        else
        {
            var name = Plain(text);
            names.Add(
                Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) == UriHostNameType.Dns
                    ? name
                    : throw Wrong(text)
            );
        }
    }

    private static ConfigurationException Wrong(string text) =>
        new(
            SettingNames.WebhookHosts,
            $"\"{text}\" cannot be used; allowed are hosts, addresses and networks such as hooks.example.org, *.example.org, 10.0.0.5 "
                + "and 10.1.0.0/16."
        );
}
