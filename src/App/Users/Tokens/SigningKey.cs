using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Tradepost.App.Users.Tokens;

/// <summary>A key pair on the curve P-256 that access tokens are signed with; tokens name it by its id.</summary>
internal sealed class SigningKey
{
    private const int IdBytes = 6;

    private readonly ECDsa pair;

    private SigningKey(string id, ECDsa pair, DateTime createdAt)
    {
        this.pair = pair;
        Id = id;
        CreatedAt = createdAt;
        Credentials = new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = id }, SecurityAlgorithms.EcdsaSha256);
    }

    public string Id { get; }

    /// <summary>In UTC.</summary>
    public DateTime CreatedAt { get; }

    public SigningCredentials Credentials { get; }

    public static SigningKey Create(DateTime createdAt) =>
        new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)), ECDsa.Create(ECCurve.NamedCurves.nistP256), createdAt);

    /// <summary>A key as it was kept.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="secret">What <see cref="Secret"/> gave.</param>
    /// <param name="createdAt">In UTC.</param>
    public static SigningKey From(string id, string secret, DateTime createdAt)
    {
        var kept = ECDsa.Create();
        kept.ImportPkcs8PrivateKey(Convert.FromBase64String(secret), out _);
        return new SigningKey(id, kept, createdAt);
    }

    /// <summary>The pair as it is kept: PKCS #8 in base64.</summary>
    public string Secret() => Convert.ToBase64String(pair.ExportPkcs8PrivateKey());
}
