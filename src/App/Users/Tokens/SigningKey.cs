using System.Buffers.Text;
using System.Text;

namespace Tradepost.App.Users.Tokens;

/// <summary>A key that access tokens are signed with, and the only header such a token may have.</summary>
internal sealed class SigningKey
{
    public SigningKey(string id, byte[] secret)
    {
        Id = id;
        Secret = secret;
        Header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"HS256","kid":"{{id}}","typ":"JWT"}"""));
    }

    public string Id { get; }

    public byte[] Secret { get; }

    public string Header { get; }
}
