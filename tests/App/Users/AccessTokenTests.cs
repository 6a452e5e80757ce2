using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;
using Tradepost.App.Users.Tokens;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class AccessTokenTests : IDisposable
{
    private static readonly (Guid User, Guid Session) Ids = (Guid.NewGuid(), Guid.NewGuid());

    private readonly ManualTime time = new();
    private readonly AccessTokenHandler handler = new();
    private readonly SigningKey key = SigningKey.Create(DateTime.UnixEpoch);
    private readonly string token;

    public AccessTokenTests() => token = AccessToken.Create(key, Ids.User, Ids.Session, time.GetUtcNow(), TimeSpan.FromMinutes(1));

    public void Dispose() => handler.Dispose();

    [Fact]
    public async Task A_token_says_what_was_put_into_it()
    {
        (await ReadAsync(token, key)).ShouldBe(new TokenClaims(Ids.User, Ids.Session));
        Encoding
            .UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[0]))
            .ShouldBe($$"""{"alg":"ES256","kid":"{{key.Id}}","typ":"at+jwt"}""");
    }

    [Fact]
    public async Task A_token_of_an_older_key_still_counts() =>
        (await ReadAsync(token, SigningKey.Create(DateTime.UnixEpoch), key)).ShouldNotBeNull();

    [Fact]
    public async Task A_key_is_kept_and_loaded_again_as_the_same()
    {
        var loaded = SigningKey.From(key.Id, key.Secret(), key.CreatedAt);

        (await ReadAsync(token, loaded)).ShouldNotBeNull();
        (
            await ReadAsync(AccessToken.Create(loaded, Ids.User, Ids.Session, time.GetUtcNow(), TimeSpan.FromMinutes(1)), key)
        ).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_of_another_key_with_the_same_name_does_not_count()
    {
        var other = SigningKey.From(key.Id, SigningKey.Create(DateTime.UnixEpoch).Secret(), DateTime.UnixEpoch);

        (await ReadAsync(token, other)).ShouldBeNull();
        (await ReadAsync(token, key)).ShouldNotBeNull();
        (await ReadAsync(token, other)).ShouldBeNull("the signature was right for the first key alone");
    }

    [Fact]
    public async Task An_expired_token_does_not_count_also_when_it_did_a_moment_ago()
    {
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(59));
        var before = await ReadAsync(token, key);
        time.Set(time.GetUtcNow() + TimeSpan.FromSeconds(1));

        before.ShouldNotBeNull();
        (await ReadAsync(token, key)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_whose_key_was_removed_does_not_count_also_when_it_did_a_moment_ago()
    {
        (await ReadAsync(token, key)).ShouldNotBeNull();

        (await ReadAsync(token)).ShouldBeNull();
    }

    [Fact]
    public async Task A_token_with_any_character_changed_does_not_count()
    {
        (await ReadAsync(token, key)).ShouldNotBeNull();

        // The last character of a signature of 64 bytes carries four bits that mean nothing.
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];

            (await ReadAsync(changed, key)).ShouldBeNull($"changed at {i}");
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"none","kid":"KEY","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KEY"}""")]
    [InlineData("""{"alg":"ES256","kid":"KEY","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES384","kid":"KEY","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"../KEY","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","jwk":{"kty":"EC"},"typ":"at+jwt"}""")]
    public async Task A_token_cannot_choose_its_own_header(string header)
    {
        var unsigned =
            Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header.Replace("KEY", key.Id)))
            + token[token.IndexOf('.')..token.LastIndexOf('.')];

        (await ReadAsync($"{unsigned}.{Sign(unsigned)}", key)).ShouldBeNull();
        (await ReadAsync($"{unsigned}.", key)).ShouldBeNull();
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        var shared = ((ECDsaSecurityKey)key.Credentials.Key).ECDsa.ExportSubjectPublicKeyInfo();
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"alg":"HS256","kid":"{{key.Id}}","typ":"at+jwt"}"""));
        var unsigned = header + token[token.IndexOf('.')..token.LastIndexOf('.')];

        (
            await ReadAsync($"{unsigned}.{Base64Url.EncodeToString(HMACSHA256.HashData(shared, Encoding.ASCII.GetBytes(unsigned)))}", key)
        ).ShouldBeNull();
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("....")]
    [InlineData("é.é.é")]
    public async Task What_is_no_token_does_not_count(string text)
    {
        var header = token.Split('.')[0];

        (await ReadAsync(text, key)).ShouldBeNull();
        (await ReadAsync($"{header}{text}", key)).ShouldBeNull();
        (await ReadAsync($"{header}.{text}", key)).ShouldBeNull();
        (await ReadAsync(token + new string('A', 2000), key)).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 900, true)]
    [InlineData(0, 901, false)]
    [InlineData(0, 31L * 365 * 86_400, false)]
    [InlineData(10, 910, true)]
    [InlineData(11, 500, false)]
    [InlineData(-10_000, 1, false)]
    public async Task A_token_of_a_stolen_key_runs_no_longer_and_begins_no_later_than_those_of_the_server(
        long issued,
        long expires,
        bool counts
    )
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var signed = Signed(
            $$"""{"iss":"tradepost","aud":"tradepost","sub":"{{Ids.User}}","sid":"{{Ids.Session}}","iat":{{now + issued}},"exp":{{now + expires}}}"""
        );

        (await ReadAsync(signed, key) is not null).ShouldBe(counts);
    }

    [Theory]
    [InlineData("\"iss\":\"tradepost\",", "")]
    [InlineData("\"aud\":\"tradepost\",", "")]
    [InlineData("\"iat\":ISSUED,", "")]
    [InlineData("\"exp\":EXPIRES,", "")]
    [InlineData("\"sid\"", "\"xid\"")]
    [InlineData("\"sub\"", "\"xub\"")]
    [InlineData("\"sub\":\"USER\"", "\"sub\":\"somebody\"")]
    [InlineData("\"iss\":\"tradepost\"", "\"iss\":\"elsewhere\"")]
    [InlineData("\"aud\":\"tradepost\"", "\"aud\":\"elsewhere\"")]
    public async Task A_token_that_leaves_something_out_or_says_something_else_does_not_count(string part, string replacement)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var payload =
            $"{{\"iss\":\"tradepost\",\"aud\":\"tradepost\",\"iat\":ISSUED,\"exp\":EXPIRES,\"sub\":\"USER\",\"sid\":\"{Ids.Session}\"}}";
        string Filled(string text) =>
            Signed(text.Replace("ISSUED", $"{now}").Replace("EXPIRES", $"{now + 60}").Replace("USER", $"{Ids.User}"));

        (await ReadAsync(Filled(payload), key)).ShouldNotBeNull();
        (await ReadAsync(Filled(payload.Replace(part, replacement)), key)).ShouldBeNull();
    }

    private async Task<TokenClaims?> ReadAsync(string text, params SigningKey[] keys)
    {
        var rules = AccessToken.Rules(id => keys.FirstOrDefault(known => known.Id == id)?.Credentials.Key, time);
        var result = await handler.ValidateTokenAsync(text, rules);
        return result.IsValid ? AccessToken.ClaimsOf(result.SecurityToken) : null;
    }

    private string Signed(string payload)
    {
        var text = $"{token.Split('.')[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Sign(text)}";
    }

    private string Sign(string text) =>
        Base64Url.EncodeToString(
            ((ECDsaSecurityKey)key.Credentials.Key).ECDsa.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256)
        );
}
