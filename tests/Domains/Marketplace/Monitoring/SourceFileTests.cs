using Tradepost.Jobs;
using Tradepost.Marketplace.Monitoring;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Monitoring;

public sealed class SourceFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private const string Good = """
        product:
          address: https://shop.test/p/{sku}
        fields:
          price: $.price
        watch:
          skus: [1, two]
        """;

    [Fact]
    public void A_source_says_where_what_how_and_how_gently()
    {
        var source = Read(
            """
            list:
              address: https://shop.test/c/{category}?page={page}
              format: html
              items: .card
              first_page: 0
              most_pages: 3
            fields:
              sku: "@data-id"
              title: h2
              price: {at: .price, required: true}
              color: {at: .color, type: text}
            offers: {items: .offer, fields: {merchant: b, price: i}}
            watch: {categories: [perfume], known: false}
            headers: {X-City: "750000000"}
            politeness: {per_second: 0.5, at_once: 1, tries: 2, seconds: 5, robots: false, user_agent: Shopwatch}
            folder: saved
            """
        );

        source.List.ShouldBe(
            new ListRequest(new PageRequest("https://shop.test/c/{category}?page={page}", PageFormat.Html), ".card", 0, 3)
        );
        source
            .Fields.Select(field => (field.Name, field.IsNumber, field.IsRequired))
            .ShouldBe([("sku", false, false), ("title", false, false), ("price", true, true), ("color", false, false)]);
        source.Categories.ShouldBe(["perfume"]);
        source.Headers["x-city"].ShouldBe("750000000");
        source.Politeness.ShouldBe(
            new Politeness
            {
                PerSecond = 0.5,
                AtOnce = 1,
                Tries = 2,
                Limit = TimeSpan.FromSeconds(5),
                KeepsToRobots = false,
                UserAgent = "Shopwatch",
            }
        );
        source.Folder.ShouldBe(folder.Combine("saved"));
    }

    [Theory]
    [InlineData("", "line 1: the file is empty")]
    [InlineData("a: [", "it is no YAML that can be read")]
    [InlineData("- 1", "a source has no keys; expected are product, list,")]
    [InlineData("a: &x 1\nb: *x", "anchors and aliases have no place in it")]
    [InlineData("watch:\n  skus: [1]", "a source needs fields")]
    [InlineData("colour: red", "line 1: a source has no key colour")]
    [InlineData(Good + "\nwatch: {skus: [3]}", "watch stands twice")]
    [InlineData(Good + "\npoliteness: {per_second: fast}", "line 7: per_second is 'fast'; expected is a number from 0.001 to 100")]
    [InlineData(Good + "\npoliteness: {at_once: 99}", "expected is a number from 1 to 16")]
    [InlineData(Good + "\nheaders: {A: \"b\\nc\"}", "the header A holds a control character")]
    [InlineData("product: {address: ftp://shop.test/{sku}}\nfields: {price: p}\nwatch: {skus: [1]}", "it is no YAML that can be read")]
    [InlineData(
        "product: {address: 'ftp://shop.test/{sku}'}\nfields: {price: p}\nwatch: {skus: [1]}",
        "expected is one that begins with https://"
    )]
    [InlineData(
        "product: {address: 'https://shop.test/x'}\nfields: {price: p}\nwatch: {skus: [1]}",
        "has no {sku}; all pages would be the same one"
    )]
    [InlineData(
        "product: {address: 'https://shop.test/{sku}'}\nfields: {title: p}\nwatch: {skus: [1]}",
        "fields has neither reviews nor price"
    )]
    [InlineData("product: {address: 'https://shop.test/{sku}'}\nfields: {price: p}", "watch names nothing")]
    [InlineData("product: {address: 'https://shop.test/{sku}'}\nfields: {price: p}\nwatch: {categories: [a]}", "there is no list")]
    [InlineData(
        "list: {address: 'https://shop.test/{page}', items: $.a}\nfields: {price: p}\nwatch: {categories: [a]}",
        "a list needs the field sku"
    )]
    [InlineData("product: {address: 'https://shop.test/{sku}'}\nfields: {Price: p}\nwatch: {skus: [1]}", "'Price' is no name of a field")]
    public void What_is_wrong_is_said_with_file_and_line(string yaml, string expected)
    {
        var failure = Should.Throw<JobFailedException>(() => Read(yaml));

        failure.Message.ShouldStartWith($"{folder.Combine("shop.yaml")}, line ");
        failure.Message.ShouldContain(expected);
    }

    public void Dispose() => folder.Dispose();

    private WatchSource Read(string yaml)
    {
        var path = folder.Combine("shop.yaml");
        File.WriteAllText(path, yaml);
        return SourceFile.Read("shop", path);
    }
}
