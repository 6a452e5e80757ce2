namespace Tradepost.Arguments.Tests;

public sealed class SpellingTests
{
    [Theory]
    [InlineData("retial", "retail")]
    [InlineData("jbos", "jobs")]
    [InlineData("Retail", "retail")]
    [InlineData("market", "marketplace")]
    public void A_mistyped_name_has_a_nearest_one(string word, string nearest)
    {
        Spelling.FindNearest(word, ["jobs", "marketplace", "retail"]).ShouldBe(nearest);
    }

    [Theory]
    [InlineData("xyz")]
    [InlineData("re")]
    [InlineData("")]
    public void A_name_that_is_like_none_has_none(string word)
    {
        Spelling.FindNearest(word, ["jobs", "marketplace", "retail"]).ShouldBeNull();
    }

    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("abc", "abc", 0)]
    [InlineData("ab", "ba", 1)]
    [InlineData("kitten", "sitting", 3)]
    public void The_distance_counts_typing_errors(string a, string b, int distance)
    {
        Spelling.Distance(a, b).ShouldBe(distance);
        Spelling.Distance(b, a).ShouldBe(distance);
    }
}
