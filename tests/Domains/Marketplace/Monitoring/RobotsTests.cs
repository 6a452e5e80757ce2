using Tradepost.Marketplace.Monitoring;

namespace Tradepost.Marketplace.Tests.Monitoring;

public sealed class RobotsTests
{
    private const string Rules = """
        # of a shop
        User-agent: *
        Disallow: /search
        Allow: /search/about
        Disallow: /*.pdf$
        Crawl-delay: 3

        User-agent: GreedyBot
        User-agent: Tradepost
        Disallow: /yml/
        Allow: /yml/product-view/
        """;

    [Theory]
    [InlineData("SomeBot", "/", true)]
    [InlineData("SomeBot", "/search?q=a", false)]
    [InlineData("SomeBot", "/search/about", true)]
    [InlineData("SomeBot", "/files/a.pdf", false)]
    [InlineData("SomeBot", "/files/a.pdf?x", true)]
    [InlineData("Tradepost", "/search", true)]
    [InlineData("Tradepost/1.0", "/yml/offers", false)]
    [InlineData("tradepost", "/yml/product-view/1", true)]
    public void The_longest_rule_for_the_name_decides(string agent, string address, bool expected) =>
        Robots.Parse(Rules, agent).Allows(address).ShouldBe(expected);

    [Fact]
    public void A_pause_is_that_of_the_name_s_own_rules()
    {
        Robots.Parse(Rules, "SomeBot").Delay.ShouldBe(TimeSpan.FromSeconds(3));
        Robots.Parse(Rules, "Tradepost").Delay.ShouldBeNull();
    }

    [Fact]
    public void A_file_of_nothing_allows_everything() => Robots.Parse("", "Tradepost").Allows("/x").ShouldBeTrue();
}
