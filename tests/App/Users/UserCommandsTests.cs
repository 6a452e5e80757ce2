using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Users;

public sealed class UserCommandsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task A_user_is_added_with_a_password_from_standard_input_and_listed()
    {
        var added = await AddAsync("anna@example.com", "admin", "four words make one\n");

        var list = await Tradepost.RunJsonAsync("users", "list");

        added.ExitCode.ShouldBe(0, added.Errors);
        var user = list.GetProperty("items").EnumerateArray().Single();
        user.GetProperty("email").GetString().ShouldBe("anna@example.com");
        user.GetProperty("role").GetString().ShouldBe("admin");
        user.GetProperty("has_password").GetBoolean().ShouldBeTrue();
        user.EnumerateObject().ShouldNotContain(property => property.Name.Contains("hash"));
    }

    [Fact]
    public async Task A_user_without_a_password_gets_a_link()
    {
        var added = await Tradepost.RunJsonAsync("users", "add", "ben@example.com", "--role", "viewer");
        var reset = await Tradepost.RunJsonAsync("users", "password", "ben@example.com");

        added.GetProperty("link").GetString()!.ShouldMatch("^http://127.0.0.1:8000/welcome#[A-Za-z0-9_-]{43}$");
        reset.GetProperty("link").GetString().ShouldNotBe(added.GetProperty("link").GetString());
    }

    [Fact]
    public async Task Keys_are_rotated_and_listed_by_id_and_never_shown()
    {
        var none = await Tradepost.RunAsync("users", "keys", "list");
        var first = await Tradepost.RunJsonAsync("users", "keys", "rotate");
        var second = await Tradepost.RunJsonAsync("users", "keys", "rotate");

        var list = (await Tradepost.RunJsonAsync("users", "keys", "list")).GetProperty("items").EnumerateArray().ToList();

        none.ShouldBe(new TradepostResult(0, "There is no key yet; the first `tradepost serve` makes one.\n", ""));
        list.Select(key => key.GetProperty("id").GetString())
            .ShouldBe([second.GetProperty("id").GetString(), first.GetProperty("id").GetString()]);
        list.Select(key => key.GetProperty("is_signing").GetBoolean()).ShouldBe([true, false]);
        list[0].EnumerateObject().Select(property => property.Name).ShouldBe(["id", "created_at", "is_signing"]);
    }

    [Fact]
    public async Task Bad_input_is_one_sentence()
    {
        await AddAsync("anna@example.com", "admin", "four words make one\n");

        (await AddAsync("anna@example.com", "viewer", "four words make one\n")).ShouldBe(
            new TradepostResult(1, "", "There is a user anna@example.com already.\n")
        );
        (await AddAsync("ben", "viewer", "four words make one\n")).ShouldBe(
            new TradepostResult(2, "", "The e-mail cannot be used; expected is an address such as anna@example.com.\n")
        );
        (await AddAsync("ben@example.com", "viewer", "short\n")).ShouldBe(
            new TradepostResult(2, "", "The password has 5 characters; between 12 and 256 are expected.\n")
        );
        (await AddAsync("ben@example.com", "boss", "four words make one\n")).ShouldBe(
            new TradepostResult(2, "", "--role is \"boss\"; allowed are admin, analyst, viewer.\n")
        );
        (await Tradepost.RunAsync("users", "disable", "anna@example.com")).ShouldBe(
            new TradepostResult(1, "", "anna@example.com is the only administrator who can sign in; make another one first.\n")
        );
        (await Tradepost.RunAsync("users", "disable", "nobody@example.com")).ShouldBe(
            new TradepostResult(1, "", "There is no user nobody@example.com; `tradepost users list` shows who there is.\n")
        );
    }

    public void Dispose() => folder.Dispose();

    private async Task<TradepostResult> AddAsync(string email, string role, string input)
    {
        using var process = Tradepost.StartWithInput("users", "add", email, "--role", role, "--password-stdin");
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        return await TradepostProcess.FinishAsync(process);
    }
}
