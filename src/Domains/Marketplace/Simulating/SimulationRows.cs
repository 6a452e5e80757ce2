using System.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Simulating;

/// <summary>The tables of the domain as bulk writes of a simulation fill them.</summary>
internal static class SimulationRows
{
    public static readonly Table Products = new(
        "products",
        [Text("sku"), Text("title"), Text("brand"), Text("category"), Day("first_seen"), Day("last_seen")],
        ["sku"]
    );

    public static readonly Table Features = new(
        "features_daily",
        [Text("sku"), Day("feature_date"), new Column("features", ColumnType.Json, IsNullable: false)],
        ["sku", "feature_date"]
    );

    public static readonly Table Offers = new(
        "offers",
        [
            Text("sku"),
            Text("merchant"),
            new Column("captured_at", ColumnType.Timestamp, IsNullable: false),
            Column.Decimal("price", 18, 2, isNullable: false),
            Text("availability"),
            new Column("delivery_days", ColumnType.Integer),
        ],
        ["sku", "merchant", "captured_at"]
    );

    public static readonly Table Prices = new(
        "price_history",
        [
            Text("sku"),
            Text("merchant"),
            Column.Decimal("price", 18, 2, isNullable: false),
            Day("valid_from"),
            new Column("valid_to", ColumnType.Date),
        ],
        ["sku", "merchant", "valid_from"]
    );

    public static readonly Table Sales = new(
        "known_sales",
        [
            Text("sku"),
            Day("first_day"),
            Day("last_day"),
            new Column("units", ColumnType.Double, IsNullable: false),
            new Column("most_units", ColumnType.Double),
        ],
        ["sku", "first_day", "last_day"]
    );

    /// <summary>Sets the first columns of a row.</summary>
    public static void Text(RowBatch batch, int row, params ReadOnlySpan<string> texts)
    {
        for (var column = 0; column < texts.Length; column++)
        {
            batch[column].AsText().Set(row, texts[column].AsSpan());
        }
    }

    public static long CentsOf(decimal price) => (long)(price * 100);

    /// <summary>The features of a day as JSON.</summary>
    public static string FeaturesOf(SimulatedReading reading)
    {
        var json = new StringBuilder(160);
        json.Append($"{{\"reviews\":{reading.Reviews}");
        Append("rating", reading.Rating);
        json.Append($",\"price\":{reading.Price},\"merchants\":{reading.Merchants},\"availability\":\"{reading.Availability}\"");
        Append("discount", reading.Discount);
        Append("old_price", reading.OldPrice);
        return json.Append('}').ToString();

        void Append(string name, decimal? value)
        {
            if (value is { } known)
            {
                json.Append($",\"{name}\":{known}");
            }
        }
    }

    /// <summary>The days on which each merchant's price held.</summary>
    public static IEnumerable<PriceSpan> SpansOf(IEnumerable<SimulatedOffer> offers)
    {
        foreach (var ofMerchant in offers.GroupBy(offer => offer.Merchant))
        {
            PriceSpan? open = null;
            foreach (var offer in ofMerchant.OrderBy(offer => offer.Day))
            {
                if (open is not null && open.Price == offer.Price)
                {
                    continue;
                }

                if (open is not null)
                {
                    yield return open with
                    {
                        To = offer.Day,
                    };
                }

                open = new PriceSpan(offer.Merchant, offer.Price, offer.Day, To: null);
            }

            yield return open!; // a group has at least one offer
        }
    }

    private static Column Text(string name) => new(name, ColumnType.Text, IsNullable: false);

    private static Column Day(string name) => new(name, ColumnType.Date, IsNullable: false);
}

/// <summary>A merchant's price from a day on, as long as it held.</summary>
/// <param name="To">The day of the next price; null for the price that holds.</param>
internal sealed record PriceSpan(int Merchant, decimal Price, int From, int? To);
