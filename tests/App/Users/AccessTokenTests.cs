using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tradepost.App.Users.Tokens;

namespace Tradepost.App.Tests.Users;

public sealed class AccessTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly SigningKey Key = new("1", RandomNumberGenerator.GetBytes(32));
    private static readonly (Guid User, Guid Session) Ids = (Guid.NewGuid(), Guid.NewGuid());

    private readonly string token = AccessToken.Create(Key, Ids.User, Ids.Session, Now, TimeSpan.FromMinutes(1));

    [Fact]
    public void A_token_says_what_was_put_into_it()
    {
        var claims = AccessToken.Read(token, [Key], Now.ToUnixTimeSeconds());

        claims.ShouldBe(new TokenClaims(Ids.User, Ids.Session, Now.AddMinutes(1).ToUnixTimeSeconds()));
    }

    [Fact]
    public void A_token_of_an_older_key_still_counts() =>
        AccessToken.Read(token, [new SigningKey("2", RandomNumberGenerator.GetBytes(32)), Key], Now.ToUnixTimeSeconds()).ShouldNotBeNull();

    [Fact]
    public void A_token_of_another_key_with_the_same_name_does_not_count() =>
        AccessToken.Read(token, [new SigningKey("1", RandomNumberGenerator.GetBytes(32))], Now.ToUnixTimeSeconds()).ShouldBeNull();

    [Fact]
    public void An_expired_token_does_not_count() => AccessToken.Read(token, [Key], Now.AddMinutes(1).ToUnixTimeSeconds()).ShouldBeNull();

    [Fact]
    public void A_token_with_any_character_changed_does_not_count()
    {
        // The last character of a signature of 32 bytes carries two bits that mean nothing.
        for (var i = 0; i < token.Length - 1; i++)
        {
            var changed = token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..];

            AccessToken.Read(changed, [Key], Now.ToUnixTimeSeconds()).ShouldBeNull($"changed at {i}");
        }
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""")]
    [InlineData("""{"alg":"HS256","kid":"1","typ":"JWT" }""")]
    public void A_token_cannot_choose_its_own_header(string header)
    {
        var unsigned = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header)) + token[token.IndexOf('.')..token.LastIndexOf('.')];
        var signature = Base64Url.EncodeToString(HMACSHA256.HashData(Key.Secret, Encoding.ASCII.GetBytes(unsigned)));

        AccessToken.Read($"{unsigned}.{signature}", [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
        AccessToken.Read($"{unsigned}.", [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("é.é.é")]
    public void What_is_no_token_does_not_count(string text)
    {
        AccessToken.Read(text, [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
        AccessToken.Read($"{Key.Header}{text}", [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
        AccessToken.Read($"{Key.Header}.{text}", [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
        AccessToken.Read(token + new string('A', 2000), [Key], Now.ToUnixTimeSeconds()).ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 900, true)]
    [InlineData(0, 901, false)]
    [InlineData(0, 31L * 365 * 86_400, false)]
    [InlineData(10, 910, true)]
    [InlineData(11, 500, false)]
    [InlineData(-10_000, 1, false)]
    public void A_token_of_a_stolen_key_runs_no_longer_and_begins_no_later_than_those_of_the_server(long issued, long expires, bool counts)
    {
        var now = Now.ToUnixTimeSeconds();
        var signed = Signed($$"""{"iss":"tradepost","sub":"{{Ids.User}}","sid":"{{Ids.Session}}","iat":{{now + issued}},"exp":{{now + expires}}}""");

        (AccessToken.Read(signed, [Key], now) is not null).ShouldBe(counts);
    }

    [Theory]
    [InlineData("\"iss\":\"tradepost\",")]
    [InlineData("\"iat\":ISSUED,")]
    [InlineData("\"exp\":EXPIRES,")]
    public void A_token_that_leaves_something_out_does_not_count(string left)
    {
        var now = Now.ToUnixTimeSeconds();
        var payload = $"{{\"iss\":\"tradepost\",\"iat\":ISSUED,\"exp\":EXPIRES,\"sub\":\"{Ids.User}\",\"sid\":\"{Ids.Session}\"}}";
        string Filled(string text) => Signed(text.Replace("ISSUED", $"{now}").Replace("EXPIRES", $"{now + 60}"));

        AccessToken.Read(Filled(payload), [Key], now).ShouldNotBeNull();
        AccessToken.Read(Filled(payload.Replace(left, "")), [Key], now).ShouldBeNull();
    }

    [Fact]
    public void A_header_of_this_form_with_another_key_is_told_from_everything_else()
    {
        var other = new SigningKey("2", RandomNumberGenerator.GetBytes(32));

        AccessToken.NamesOtherKey(token, [other]).ShouldBeTrue();
        AccessToken.NamesOtherKey(token, [other, Key]).ShouldBeFalse();
        AccessToken.NamesOtherKey("eyJhbGciOiJub25lIn0.e30.", [other]).ShouldBeFalse();
        AccessToken.NamesOtherKey("", [other]).ShouldBeFalse();
    }

    private static string Signed(string payload)
    {
        var text = $"{Key.Header}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(HMACSHA256.HashData(Key.Secret, Encoding.ASCII.GetBytes(text)))}";
    }
}
