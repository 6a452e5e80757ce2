namespace Tradepost.Retail.Tests.Generation;

public sealed class DirtTests
{
    private static readonly MemoryShop Clean = MemoryShop.Of(scale: 20);
    private static readonly MemoryShop Bad = MemoryShop.Of(scale: 20, dirty: 0.1);

    [Fact]
    public void A_clean_shop_names_no_bad_rows()
    {
        Clean.Dirty.ShouldBeEmpty();
    }

    [Fact]
    public void Bad_rows_are_counted_by_kind()
    {
        var until = MemoryShop.Until.ToDateTime(default);
        var letters = "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯ";

        Bad.Dirty.ShouldBe(
            new Dictionary<string, long>
            {
                ["missing_email"] = Bad["customers"].Count(c => c["email"] is null),
                ["wrong_encoding"] = Bad["customers"].Count(c => !letters.Contains(c.Get<string>("name")[0])),
                ["future_date"] = Bad["orders"].Count(o => o.Get<DateTime>("ordered_at") > until),
                ["negative_quantity"] = Bad["order_items"].Count(i => i.Get<int>("quantity") < 0),
                ["unknown_product"] = Bad["order_items"].Count(i => i.Id("product_id") == 0),
                ["duplicate_payment"] = Bad["payments"].Count - Clean["payments"].Count,
            },
            ignoreOrder: true
        );
        Bad.Dirty.Values.ShouldAllBe(count => count > 0);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("order_items")]
    [InlineData("customers")]
    public void About_the_asked_share_of_rows_is_bad_and_the_rest_is_as_in_the_clean_shop(string table)
    {
        var different = Clean.Lines(table).Zip(Bad.Lines(table)).Count(pair => pair.First != pair.Second);

        (different / (double)Clean[table].Count).ShouldBeInRange(0.07, 0.13);
    }

    [Fact]
    public void A_duplicate_payment_has_a_number_of_its_own_and_is_otherwise_identical()
    {
        var twins = Bad["payments"]
            .GroupBy(p => (p.Id("order_id"), p["method"], p["status"], p["amount"], p["paid_at"], p["updated_at"]))
            .Where(g => g.Count() > 1)
            .ToList();

        twins.Count.ShouldBe((int)Bad.Dirty["duplicate_payment"]);
        twins.ShouldAllBe(g => g.Select(p => p.Id()).Distinct().Count() == 2);
    }

    [Fact]
    public void A_wrongly_encoded_name_is_its_UTF8_bytes_read_as_Latin_1()
    {
        var names = Clean["customers"]
            .Zip(Bad["customers"])
            .Select(pair => (Right: pair.First.Get<string>("name"), Wrong: pair.Second.Get<string>("name")))
            .Where(n => n.Right != n.Wrong)
            .ToList();

        names.ShouldAllBe(n => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(n.Wrong)) == n.Right);
    }
}
