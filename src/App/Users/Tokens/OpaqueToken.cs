using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Tradepost.App.Users.Tokens;

/// <summary>A random secret that its holder keeps and of which the store keeps a hash.</summary>
internal static class OpaqueToken
{
    private const int Bytes = 32;
    private const int LongestGiven = 100;

    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The token that follows another: who has neither the other nor the store's salt cannot make it.</summary>
    public static string After(string token, string salt) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(token)));

    /// <summary>What is kept of a token. It is too random to be guessed from a fast hash.</summary>
    public static string HashOf(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token.Length <= LongestGiven ? token : token[..LongestGiven])));
}
