using System.Globalization;
using System.Text;
using Tradepost.Marketplace.Sales;
using Tradepost.Tests.Support;

namespace Tradepost.Marketplace.Tests.Sales;

/// <summary>Real marketplaces, read without a store.</summary>
internal static class RealMarkets
{
    /// <summary>Shopee's products in the days in which its numbers mean what they say; <c>sold</c> is that of the last 30 days.</summary>
    public static SalesHistory Shopee()
    {
        var history = new SalesHistory();
        var (first, last) = (new DateOnly(2021, 12, 20).DayNumber, new DateOnly(2022, 8, 31).DayNumber);
        foreach (var file in Directory.GetFiles(SharedData.Path("data/marketplace/shopee"), "*.csv").Order())
        {
            var days = File.ReadLines(file)
                .Skip(1)
                .Select(line => line.Split(','))
                .Select(cells =>
                    (Time: long.Parse(cells[0]), Day: Day(cells[1]), Sold: double.Parse(cells[7]), Reviews: double.Parse(cells[9]))
                )
                .Where(row => row.Day >= first && row.Day <= last)
                .GroupBy(row => row.Day)
                .OrderBy(day => day.Key)
                .Select(day => day.MaxBy(row => row.Time))
                .ToList();
            if (days.Count == 0)
            {
                continue;
            }

            var product = history.Get(Path.GetFileNameWithoutExtension(file), brand: null, category: null);
            foreach (var day in days)
            {
                product.Seen.Add(new Observation(day.Day, day.Reviews));
                product.Sales.Add(new KnownSale(day.Day - 29, day.Day, day.Sold));
            }
        }

        return history;
    }

    /// <summary>Wish's products, seen once, with the lower end of the range of what they sold.</summary>
    public static SalesHistory Wish()
    {
        var history = new SalesHistory();
        var rows = Rows(File.ReadAllText(SharedData.Path("data/marketplace/wish/products.csv"))).ToList();
        var (key, reviews, units) = (rows[0].IndexOf("product_id"), rows[0].IndexOf("rating_count"), rows[0].IndexOf("units_sold"));
        foreach (var row in rows.Skip(1))
        {
            var product = history.Get(row[key], brand: null, category: null);
            if (product.Seen.Count == 0)
            {
                product.Seen.Add(new Observation(1, double.Parse(row[reviews])));
                product.Sales.Add(new KnownSale(1, 1, double.Parse(row[units])));
            }
        }

        return history;
    }

    /// <summary>The cells of a CSV text, in which quoted ones may hold commas and ends of lines.</summary>
    private static IEnumerable<List<string>> Rows(string text)
    {
        var (row, cell, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var c in text)
        {
            if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || c is not (',' or '\n'))
            {
                cell.Append(c);
            }
            else
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return row;
                    row = [];
                }
            }
        }
    }

    private static int Day(string text) => DateOnly.ParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture).DayNumber;
}
