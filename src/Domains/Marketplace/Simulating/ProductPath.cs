using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Simulating;

/// <summary>
/// What is true of a product, day by day: its price, what is sold, the reviews that come of it. All of it is drawn from the seed and the
/// product's number, so that any product can be made alone.
/// </summary>
internal sealed class ProductPath
{
    /// <summary>Days before the first, so that reviews of earlier sales come in from the beginning.</summary>
    private const int WarmUp = 60;

    private const int DaysOfMonth = 30;
    private const double DaysOfLag = 8;
    private const double Elasticity = -1.5;
    private const int LengthOfGap = 30;

    private static readonly int[] Discounts = [0, 5, 10, 15, 20];
    private static readonly int[] SaleDiscounts = [10, 15, 20, 30];

    private readonly SimulationSize size;
    private readonly SimulatedEvents events;
    private readonly RandomStream random;
    private readonly int[] arrivals;
    private readonly double propensity;
    private readonly double demand;
    private readonly double quality;
    private readonly bool printsDiscount;
    private readonly decimal step;
    private readonly int gapFrom;
    private readonly bool joinsPurge;

    private double level;
    private decimal list;
    private readonly decimal firstList;
    private readonly int discount;
    private int cut;
    private int cutUntil = int.MinValue;
    private int stockedOutUntil = int.MinValue;
    private int merchants;
    private int reviews;
    private double stars;

    private ProductPath(SimulationSize size, SimulatedEvents events, double[] brandEffects, int number)
    {
        (this.size, this.events, Number) = (size, events, number);
        random = new RandomStream(((long)size.Seed << 32) + number);
        Category = random.NextInt(SimulatedNames.Categories.Length);
        Brand = (Category * SimulatedNames.BrandsOfCategory) + random.NextInt(SimulatedNames.BrandsOfCategory);
        var category = SimulatedNames.Categories[Category];
        propensity = Math.Min(0.5, category.Propensity * brandEffects[Brand] * Math.Exp(0.25 * random.NextNormal()));
        demand = Math.Clamp(Math.Exp(1.6 + (1.1 * random.NextNormal())), 0.05, 400);
        var price = category.Price * Math.Exp(0.6 * random.NextNormal());
        step = price < 10_000 ? 10 : 100;
        firstList = list = Printed((decimal)price);
        quality = Math.Clamp(4.4 + (0.35 * random.NextNormal()), 2.5, 5);
        printsDiscount = random.NextDouble() < 0.5;
        discount = printsDiscount ? Discounts[random.NextInt(Discounts.Length)] : 0;
        merchants = 1 + random.NextInt(12);
        FirstDay = random.NextDouble() < 0.1 && size.Days > 60 ? 20 + random.NextInt(size.Days - 40) : 0;
        var age = FirstDay == 0 ? 60 + random.NextInt(700) : 0;
        reviews = (int)(age * demand * propensity * 0.7);
        stars = reviews * quality;
        gapFrom =
            random.NextDouble() < 0.04 && size.Days > 2 * LengthOfGap ? 15 + random.NextInt(size.Days - 15 - LengthOfGap) : int.MaxValue;
        joinsPurge = random.NextDouble() < 0.4;
        HasKnownSales = random.NextDouble() < 1.0 / 3;
        arrivals = new int[WarmUp + size.Days];
        Units = new int[size.Days];
        Days = new SimulatedReading?[size.Days];
    }

    public int Number { get; }

    public int Category { get; }

    public int Brand { get; }

    public int FirstDay { get; }

    public bool HasKnownSales { get; }

    public int[] Units { get; }

    /// <summary>What a scraper would see; null before the product came, and on days on which nobody looked.</summary>
    public SimulatedReading?[] Days { get; }

    /// <summary>Lets a product live through all days.</summary>
    /// <param name="size">How large, and the seed.</param>
    /// <param name="events">What happens to all products.</param>
    /// <param name="brandEffects">By how much buyers of each brand review more than others.</param>
    /// <param name="number">The product's number, from 0.</param>
    public static ProductPath Draw(SimulationSize size, SimulatedEvents events, double[] brandEffects, int number)
    {
        var path = new ProductPath(size, events, brandEffects, number);
        for (var day = path.FirstDay == 0 ? -WarmUp : path.FirstDay; day < size.Days; day++)
        {
            path.Live(day);
        }

        return path;
    }

    /// <summary>The reviews that came on a day and the 29 before it.</summary>
    public int ReviewsOfLastMonth(int day) => arrivals.AsSpan(WarmUp + day - DaysOfMonth + 1, DaysOfMonth).ToArray().Sum();

    /// <summary>A price as this product's shop prints it.</summary>
    public decimal Printed(decimal price) => Math.Max(step, Math.Round(price / step) * step);

    private void Live(int day)
    {
        var shown = Discount(day);
        var price = Printed(list * (100 - shown) / 100);
        var isAvailable = IsAvailable(day);
        level = (0.95 * level) + (0.05 * random.NextNormal());
        var weekday = size.FirstDay.AddDays(day).DayOfWeek;
        var season = weekday is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1.25 : 0.9;
        var mean = demand * season * Math.Exp(level) * Math.Pow((double)(price / firstList), Elasticity);
        var units = isAvailable ? random.NextPoisson(mean) : 0;
        Review(day, units);
        if (day < 0)
        {
            return;
        }

        Units[day] = units;
        Count(day);
        if (day < gapFrom || day >= gapFrom + LengthOfGap)
        {
            Days[day] = new SimulatedReading
            {
                Day = day,
                Reviews = reviews,
                Rating = reviews == 0 ? null : Math.Clamp(Math.Round((decimal)(stars / reviews), 1), 1, 5),
                Price = price,
                OldPrice = printsDiscount ? list : null,
                Discount = printsDiscount ? shown : null,
                Merchants = isAvailable ? merchants : 0,
                IsAvailable = isAvailable,
            };
        }
    }

    /// <summary>Percent off the list price: the usual one, that of a cut, or that of a sale day.</summary>
    private int Discount(int day)
    {
        if (random.NextDouble() < 0.01)
        {
            list = Printed(list * (decimal)Math.Exp((random.NextDouble() < 0.5 ? -1 : 1) * (0.03 + (0.07 * random.NextDouble()))));
        }

        if (day > cutUntil && random.NextDouble() < 0.006)
        {
            (cut, cutUntil) = (20 + random.NextInt(21), day + 5 + random.NextInt(11));
        }

        var joinsSale = random.NextDouble() < 0.4;
        var ofSale = SaleDiscounts[random.NextInt(SaleDiscounts.Length)];
        return Math.Max(Math.Max(discount, day <= cutUntil ? cut : 0), joinsSale && events.SaleDays.Contains(day) ? ofSale : 0);
    }

    private bool IsAvailable(int day)
    {
        if (day > stockedOutUntil && random.NextDouble() < 0.004)
        {
            stockedOutUntil = day + 3 + random.NextInt(8);
        }

        if (random.NextDouble() < 0.1)
        {
            merchants = Math.Clamp(merchants + (random.NextDouble() < 0.5 ? -1 : 1), 1, 20);
        }

        return day > stockedOutUntil;
    }

    /// <summary>Some of the buyers write a review, days later.</summary>
    private void Review(int day, int units)
    {
        var reviewers = 0;
        for (var unit = 0; unit < units; unit++)
        {
            reviewers += random.NextDouble() < propensity ? 1 : 0;
        }

        for (var reviewer = 0; reviewer < reviewers; reviewer++)
        {
            var arrival = WarmUp + day + 1 + (int)(-DaysOfLag * Math.Log(1 - random.NextDouble()));
            if (arrival < arrivals.Length)
            {
                arrivals[arrival]++;
            }
        }
    }

    /// <summary>New reviews are counted; now and then one is deleted, and once the platform removes many.</summary>
    private void Count(int day)
    {
        var arrived = arrivals[WarmUp + day];
        reviews += arrived;
        stars += arrived == 0 ? 0 : arrived * Math.Clamp(quality + (0.8 * random.NextNormal() / Math.Sqrt(arrived)), 1, 5);
        var removed =
            day == events.PurgeDay && joinsPurge ? (int)Math.Round(reviews * (0.05 + (0.1 * random.NextDouble())))
            : random.NextDouble() < 0.003 && reviews > 0 ? 1
            : 0;
        stars -= reviews == 0 ? 0 : stars * removed / reviews;
        reviews -= removed;
    }
}
