using System.Globalization;
using System.Text;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Marketplaces;

/// <summary>
/// What a scraper saw of products day by day, as CSV: the columns of ../shared/goldens/peers/csvload.py, made from the row's number alone. Reviews
/// grow, prices stand and are cut now and then.
/// </summary>
internal static class ProductDays
{
    private const int BufferSize = 1 << 20;
    private const int DaysOfWeek = 7;

    private static readonly DateOnly First = new(2026, 1, 1);

    public static DateOnly Last(long days) => First.AddDays((int)days - 1);

    public static string Sku(long product) => $"SKU-{product:0000000}";

    /// <summary>Writes all rows, day after day as they were collected; the first lines are those of <paramref name="most"/> rows.</summary>
    public static async Task WriteAsync(string path, long products, long days, long most, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), BufferSize);
        await file.WriteAsync("sku,date,reviews,rating,price\n");
        var line = new StringBuilder();
        for (var row = 0L; row < Math.Min(products * days, most); row++)
        {
            var (day, product) = (row / products, row % products);
            var random = Numbers.Mix((ulong)product);
            var price = 500 + ((long)(random % 2_000) * 5);
            price = Numbers.Mix((ulong)row) % 20 == 0 ? price * 9 / 10 : price;
            line.Clear();
            line.Append(
                CultureInfo.InvariantCulture,
                $"{Sku(product)},{First.AddDays((int)day):yyyy-MM-dd},{Reviews(random, day)},{3.5 + (random % 15 / 10.0):0.0},{price}\n"
            );
            await file.WriteAsync(line, cancellationToken);
        }
    }

    /// <summary>Writes what is known of the sales of the first products, week by week: one buyer in ten writes a review.</summary>
    public static async Task WriteSalesAsync(string path, long products, long days, CancellationToken cancellationToken)
    {
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false), BufferSize);
        await file.WriteAsync("sku,first_day,last_day,units\n");
        for (var product = 0L; product < products; product++)
        {
            for (var first = 0L; first + DaysOfWeek <= days; first += DaysOfWeek)
            {
                var random = Numbers.Mix((ulong)product);
                var units = 10 * (Reviews(random, first + DaysOfWeek - 1) - Reviews(random, first - 1));
                await file.WriteAsync(
                    $"{Sku(product)},{First.AddDays((int)first):yyyy-MM-dd},{First.AddDays((int)first + DaysOfWeek - 1):yyyy-MM-dd},{units}\n".AsMemory(),
                    cancellationToken
                );
            }
        }
    }

    private static long Reviews(ulong random, long day) => (long)(random % 500) + ((long)(random % 7) * (day + 1) / 3);
}
