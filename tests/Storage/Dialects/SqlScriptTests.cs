using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Tests.Dialects;

public sealed class SqlScriptTests
{
    private static readonly Dictionary<string, Func<string, string>> Words = new() { ["twice"] = argument => $"{argument}{argument}" };

    [Fact]
    public void A_word_is_filled_in_with_its_argument() => Fill("SELECT {{twice ab}}").ShouldBe("SELECT abab");

    [Fact]
    public void Inner_words_are_filled_in_before_outer_ones() =>
        Fill("SELECT {{twice {{twice a}}-{{twice b}}}}").ShouldBe("SELECT aa-bbaa-bb");

    [Fact]
    public void Money_is_cast_where_the_store_would_otherwise_lose_its_scale()
    {
        Fill("{{money {{whole n}} * p}}").ShouldBe("CAST(CAST(n AS numeric(18,0)) * p AS numeric(18,2))");
        Fill("{{money {{whole n}} * p}}", new PostgresDialect()).ShouldBe("n * p");
    }

    [Fact]
    public void A_word_that_nobody_knows_is_an_error() =>
        Should
            .Throw<InvalidOperationException>(() => Fill("SELECT {{unheard of}}"))
            .Message.ShouldBe("script: nobody fills in {{unheard of}}.");

    private static string Fill(string text, Dialect? dialect = null) =>
        new SqlScript("script", text).For(dialect ?? new DuckDbDialect(), Words);
}
