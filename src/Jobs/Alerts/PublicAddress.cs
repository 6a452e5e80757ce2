using System.Net;
using System.Net.Sockets;

namespace Tradepost.Jobs.Alerts;

/// <summary>Which addresses are hosts of the open internet: not this machine, its network, a cloud's metadata, nor a group.</summary>
internal static class PublicAddress
{
    // IANA's registries of special-purpose addresses, what is not globally reachable.
    private static readonly IPNetwork[] Reserved =
    [
        .. new[]
        {
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "3fff::/20",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96"); // NAT64: IPv4 in the last four bytes
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16"); // IPv4 behind the first two

    public static bool Is(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Reserved.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return Is(address.MapToIPv4());
        }

        var bytes = address.GetAddressBytes();
        return Translated.Contains(address) ? Is(new IPAddress(bytes.AsSpan(12, 4)))
            : SixToFour.Contains(address) ? Is(new IPAddress(bytes.AsSpan(2, 4)))
            : Global.Contains(address)
                && !Reserved.Any(network => network.Contains(address))
                && (!IsTunnel(bytes) || Is(new IPAddress(bytes.AsSpan(12, 4))));
    }

    // ISATAP: the interface is called 0000:5efe or 0200:5efe, and IPv4 follows.
    private static bool IsTunnel(byte[] bytes) => bytes is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5e, 0xfe, ..];
}
