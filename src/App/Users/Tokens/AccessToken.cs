using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tradepost.App.Users.Tokens;

/// <summary>
/// Access tokens: JSON web tokens (RFC 7519) signed with HMAC-SHA256. Only the exact header that this server writes is
/// taken, so no token can choose its own algorithm or key.
/// </summary>
internal static class AccessToken
{
    /// <summary>How long a token runs; one that says more was not made here.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>How far the clocks of two servers on one store may be apart.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private const string Issuer = "tradepost";
    private const int Longest = 1024;
    private const int SignatureBytes = HMACSHA256.HashSizeInBytes;

    public static string Create(SigningKey key, Guid userId, Guid sessionId, DateTimeOffset issuedAt, TimeSpan lifetime)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            iss = Issuer,
            sub = userId,
            sid = sessionId,
            iat = issuedAt.ToUnixTimeSeconds(),
            exp = (issuedAt + lifetime).ToUnixTimeSeconds(),
        });
        var signed = $"{key.Header}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key.Secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>What a token says when one of these keys signed it and it has not expired; else null.</summary>
    public static TokenClaims? Read(ReadOnlySpan<char> token, IReadOnlyList<SigningKey> keys, long nowSeconds)
    {
        if (token.Length is 0 or > Longest)
        {
            return null;
        }

        foreach (var key in keys)
        {
            if (token.StartsWith(key.Header, StringComparison.Ordinal) && token.Length > key.Header.Length && token[key.Header.Length] == '.')
            {
                return Read(token, key, nowSeconds);
            }
        }

        return null;
    }

    /// <summary>Whether a token names a key that is none of these: made on another server a moment ago, or invented.</summary>
    public static bool NamesOtherKey(ReadOnlySpan<char> token, IReadOnlyList<SigningKey> keys)
    {
        var dot = token.IndexOf('.');
        if (token.Length > Longest || dot < 0 || !SigningKey.IsHeader(token[..dot]))
        {
            return false;
        }

        foreach (var key in keys)
        {
            if (token[..dot].SequenceEqual(key.Header))
            {
                return false;
            }
        }

        return true;
    }

    private static TokenClaims? Read(ReadOnlySpan<char> token, SigningKey key, long nowSeconds)
    {
        var dot = token.LastIndexOf('.');
        Span<byte> text = stackalloc byte[Longest];
        Span<byte> given = stackalloc byte[SignatureBytes + 3];
        Span<byte> expected = stackalloc byte[SignatureBytes];
        if (dot <= key.Header.Length
            || Decode(token[(dot + 1)..], given) != SignatureBytes
            || Encoding.ASCII.GetBytes(token[..dot], text) is var signed && HMACSHA256.HashData(key.Secret, text[..signed], expected) != SignatureBytes
            || !CryptographicOperations.FixedTimeEquals(expected, given[..SignatureBytes]))
        {
            return null;
        }

        // Signed by us, so it is as Create writes it.
        var bytes = Decode(token[(key.Header.Length + 1)..dot], text);
        return bytes > 0 ? Claims(text[..bytes], nowSeconds) : null;
    }

    // Not TryDecodeFromChars, which throws on what is not base64.
    private static int Decode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done ? written : -1;

    private static TokenClaims? Claims(ReadOnlySpan<byte> payload, long nowSeconds)
    {
        var (user, session, issuedAt, expiresAt, isOurs) = (Guid.Empty, Guid.Empty, 0L, 0L, false);
        var reader = new Utf8JsonReader(payload);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("sub"u8))
            {
                reader.Read();
                user = reader.GetGuid();
            }
            else if (reader.ValueTextEquals("sid"u8))
            {
                reader.Read();
                session = reader.GetGuid();
            }
            else if (reader.ValueTextEquals("iat"u8))
            {
                reader.Read();
                issuedAt = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("exp"u8))
            {
                reader.Read();
                expiresAt = reader.GetInt64();
            }
            else if (reader.ValueTextEquals("iss"u8))
            {
                reader.Read();
                isOurs = reader.ValueTextEquals("tradepost"u8);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        // A key that was copied makes no token for longer, or for later, than the server itself would.
        return isOurs && nowSeconds < expiresAt && issuedAt <= nowSeconds + (long)ClockSkew.TotalSeconds && expiresAt - issuedAt <= (long)Lifetime.TotalSeconds
            ? new TokenClaims(user, session, expiresAt)
            : null;
    }
}
