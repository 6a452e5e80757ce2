using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Tradepost.App.Users.Tokens;

/// <summary>A key that access tokens are signed with, and the only header such a token may have.</summary>
internal sealed class SigningKey
{
    private const int LongestHeader = 200;

    private static readonly SearchValues<byte> IdCharacters = SearchValues.Create("0123456789abcdef"u8);

    public SigningKey(string id, byte[] secret, DateTime createdAt = default)
    {
        Id = id;
        Secret = secret;
        CreatedAt = createdAt;
        Header = Base64Url.EncodeToString(HeaderOf(id));
    }

    public string Id { get; }

    public byte[] Secret { get; }

    /// <summary>In UTC.</summary>
    public DateTime CreatedAt { get; }

    public string Header { get; }

    /// <summary>Whether a token's header is as this server writes it, for whatever key.</summary>
    public static bool IsHeader(ReadOnlySpan<char> header)
    {
        Span<byte> text = stackalloc byte[LongestHeader];
        var start = "{\"alg\":\"HS256\",\"kid\":\""u8;
        var end = "\",\"typ\":\"JWT\"}"u8;
        return header.Length <= LongestHeader
            && Base64Url.DecodeFromChars(header, text, out _, out var length) == OperationStatus.Done
            && length > start.Length + end.Length
            && text[..length].StartsWith(start)
            && text[..length].EndsWith(end)
            && !text[start.Length..(length - end.Length)].ContainsAnyExcept(IdCharacters);
    }

    private static byte[] HeaderOf(string id) => Encoding.UTF8.GetBytes($$"""{"alg":"HS256","kid":"{{id}}","typ":"JWT"}""");
}
