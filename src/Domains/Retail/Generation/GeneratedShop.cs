using Tradepost.Storage;

namespace Tradepost.Retail.Generation;

/// <summary>
/// The sample shop as a function: any customer, order or basket is computed from its number alone. Ids count from 1 and
/// grow with time. Holds only the catalog and the calendar, whatever the scale.
/// </summary>
internal sealed class GeneratedShop
{
    public const int Employees = 10;
    public const int Managers = 5;
    public const int StaffAccounts = 1 + Employees;

    private const double Movers = 0.12;
    private const double FirstCustomers = 0.4;
    private const double ChangedManagers = 0.10;
    private const double Unmanaged = 0.03;
    private const long DaysOfOrders = 730;

    private readonly Season season;
    private readonly Assortment assortment;

    public GeneratedShop(ShopOptions options)
    {
        ShopOptions.Validate(options);
        Seed = options.Seed;
        Until = Moment.Of(options.Until);
        Start = Until - (DaysOfOrders * Moment.Day);
        CustomerCount = 50L * options.Scale;
        OrderCount = 600L * options.Scale;
        season = new Season(Moment.DayOf(Start), options.Until);
        Offers = [.. Catalog.Products.Select(OfferOf)];
        assortment = new Assortment(Offers);
    }

    public int Seed { get; }

    /// <summary>The first day of orders.</summary>
    public long Start { get; }

    public long Until { get; }

    public long CustomerCount { get; }

    public long OrderCount { get; }

    /// <summary>All products, in the order of their ids.</summary>
    public IReadOnlyList<Offer> Offers { get; }

    public static long AccountOf(long customerId) => StaffAccounts + customerId;

    public Customer Customer(long id)
    {
        var dice = new Dice(Seed, DiceKind.Customer, id);
        var createdAt = CreatedAt(id, dice.Unit());
        var region = Region(dice.Unit());
        if (!dice.Chance(Movers))
        {
            return new Customer(id, createdAt, region, Moment.Never, region);
        }

        var movedAt = dice.Between(Math.Max(createdAt, Start), Until);
        return new Customer(id, createdAt, region, movedAt, 1 + ((region + dice.Below(Catalog.Regions.Count - 1)) % Catalog.Regions.Count));
    }

    public Order Order(long id)
    {
        var share = (id - 1 + new Dice(Seed, DiceKind.OrderTime, id).Unit()) / OrderCount;
        var orderedAt = season.TimeOf(share);
        var dice = new Dice(Seed, DiceKind.Order, id);
        var customer = Customer(BuyerAt(ref dice, orderedAt));
        var region = customer.RegionAt(orderedAt);
        return new Order(id, customer.Id, ManagerFor(ref dice, region), region, orderedAt, FateOf(id, orderedAt));
    }

    public int FillBasket(in Order order, Span<OrderLine> lines)
    {
        var dice = new Dice(Seed, DiceKind.Basket, order.Id);
        return assortment.FillBasket(ref dice, order.OrderedAt, lines);
    }

    /// <summary>Managers have the ids 1 to 5, one in each region.</summary>
    public static long ManagerFor(ref Dice dice, int region)
    {
        var unit = dice.Unit();
        return unit < Unmanaged ? 0
            : unit < Unmanaged + ChangedManagers ? 1 + dice.Below(Managers)
            : region;
    }

    /// <summary>Every fifth customer is a regular one and buys more than the other four together.</summary>
    public static long Buyer(ref Dice dice, long customers) =>
        dice.Chance(0.5) ? 1 + (5 * (long)(dice.Unit() * ((customers + 4) / 5))) : 1 + (long)(dice.Unit() * customers);

    // The youngest order is always new and the one before it paid: all four statuses exist at any scale.
    private OrderFate FateOf(long id, long orderedAt)
    {
        var fate = OrderFate.Of(Seed, id, orderedAt);
        return (OrderCount - id) switch
        {
            0 => fate.PostponedPast(Until),
            1 => fate.PaidBy(Until),
            _ => fate,
        };
    }

    private long CreatedAt(long id, double unit)
    {
        var first = FirstCustomerCount;
        return id <= first
            ? Start - (365 * Moment.Day) + (long)((id - 1 + unit) / first * 365 * Moment.Day)
            : Start + (long)((id - first - 1 + unit) / (CustomerCount - first) * (Until - Start - Moment.Day));
    }

    private long BuyerAt(ref Dice dice, long orderedAt)
    {
        var first = FirstCustomerCount;
        var grown = (double)(orderedAt - Start) / (Until - Start - Moment.Day) * (CustomerCount - first);
        var known = Math.Min(CustomerCount, first + (long)grown);
        return Buyer(ref dice, known);
    }

    private long FirstCustomerCount => (long)(CustomerCount * FirstCustomers);

    private static int Region(double unit)
    {
        var region = 0;
        while (region < Catalog.Regions.Count - 1 && unit >= Catalog.Regions[region].Share)
        {
            unit -= Catalog.Regions[region].Share;
            region++;
        }

        return region + 1;
    }

    private Offer OfferOf(CatalogProduct product)
    {
        var dice = new Dice(Seed, DiceKind.Product, product.Id);
        var soldFrom = product.Id is 9 or 16
            ? Start + dice.Between(200 * Moment.Day, 400 * Moment.Day)
            : Start - dice.Between(30 * Moment.Day, 365 * Moment.Day);
        var soldUntil = product.Id == 7 ? Until - dice.Between(60 * Moment.Day, 200 * Moment.Day) : Moment.Never;
        var price = product.Price * 100L;
        var steps = new List<PriceStep> { new(soldFrom, price) };
        var count = 3 + dice.Below(4);
        var begin = Math.Max(soldFrom, Start);
        var stretch = (Math.Min(soldUntil, Until) - begin) / (count + 1);
        for (var i = 0; i < count; i++)
        {
            price = Price.Changed(ref dice, price);
            steps.Add(new PriceStep(begin + (stretch * i) + dice.Between(stretch / 4, stretch), price));
        }

        return new Offer(product.Id, product.Popularity, soldFrom, soldUntil, steps);
    }
}
