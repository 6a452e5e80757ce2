using System.Security.Cryptography;
using System.Text;
using Tradepost.Storage.Connections;

namespace Tradepost.Advertising.Events;

/// <summary>Signatures of bodies: <c>sha256=</c> and the HMAC-SHA256 of the bytes as they were sent, in hexadecimal digits.</summary>
internal static class BodySignature
{
    private const string Prefix = "sha256=";

    /// <summary>Whether a header is the signature of a body; takes as long for every wrong one.</summary>
    public static bool IsOf(string? header, ReadOnlySpan<byte> body, Secret secret)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> given = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()), body, expected);
        return header is not null
            && header.Length == Prefix.Length + (2 * SHA256.HashSizeInBytes)
            && header.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.FromHexString(header.AsSpan(Prefix.Length), given, out _, out _) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, given);
    }
}
