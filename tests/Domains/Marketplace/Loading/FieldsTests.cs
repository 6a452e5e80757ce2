using Tradepost.Marketplace.Loading;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>Names of columns.</summary>
public sealed class FieldsTests
{
    [Fact]
    public void No_name_is_of_two_fields_and_each_is_written_as_names_are_compared()
    {
        var names = Fields.All.SelectMany(field => field.Synonyms).ToList();

        names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty();
        names.Where(name => Fields.Plain(name) != name).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Цена, тг", "price")]
    [InlineData("Код товара", "sku")]
    [InlineData("Кол-во отзывов", "reviews")]
    [InlineData("Пікірлер саны", "reviews")]
    [InlineData("ТАУАР АТАУЫ", "title")]
    [InlineData("Price (USD)", "price")]
    [InlineData("Product Name", "title")]
    public void Names_are_known_whatever_their_case_signs_and_currency(string name, string field) =>
        Fields.All.Where(one => Fields.Rank(one, name) is not null).Select(one => one.Name).ShouldBe([field]);

    [Theory]
    [InlineData("Perfume_scrape_4.10.25.csv", "2025-10-04")]
    [InlineData("offers_2025-10-04.csv.gz", "2025-10-04")]
    [InlineData("20251004.csv", "2025-10-04")]
    [InlineData("2025_10_04-offers.csv", "2025-10-04")]
    [InlineData("10664696259.csv", null)]
    [InlineData("offers_full.csv", null)]
    [InlineData("99.99.99.csv", null)]
    public void The_day_in_a_files_name_is_found(string name, string? day) => $"{FileDay.Of(name):yyyy-MM-dd}".ShouldBe(day ?? "");
}
