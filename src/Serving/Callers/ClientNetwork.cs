using System.Net;
using System.Net.Sockets;

namespace Tradepost.Serving.Callers;

/// <summary>What counts as one client among those who have not signed in: an IPv4 address, or the IPv6 network of a household.</summary>
internal static class ClientNetwork
{
    private const int PrefixBytes = 8; // a /64

    public static string Of(IPAddress? address)
    {
        if (address is null)
        {
            return "local"; // a unix socket
        }

        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(plain.GetAddressBytes().AsSpan(0, PrefixBytes))
            : plain.ToString();
    }
}
