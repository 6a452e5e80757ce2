using Tradepost.Learning.Numerics;

namespace Tradepost.Marketplace.Simulating;

/// <summary>
/// A marketplace that does not exist: products with prices that its shops print, units sold by season, price and stock, reviews that come
/// of them days later, and decoys on some days. Any product can be made alone, so that a million of them need no memory.
/// </summary>
internal sealed class SimulatedMarketplace
{
    private const int DaysBetweenOffers = 7;

    /// <summary>From what factor on another value is a decoy rather than a coincidence.</summary>
    private const double Telling = 1.5;

    private const decimal RepeatedPrice = 4_990;
    private const int OtherProduct = 137;

    private readonly double[] brandEffects;
    private readonly SimulatedEvents events;

    public SimulatedMarketplace(SimulationSize size)
    {
        Size = size;
        events = new SimulatedEvents(size.Days);
        Decoys = size.Decoys == 0 ? [] : Decoy.Plan(size.Days, size.Decoys, size.Seed);
        var random = new RandomStream(size.Seed);
        brandEffects =
        [
            .. Enumerable
                .Range(0, SimulatedNames.Categories.Length * SimulatedNames.BrandsOfCategory)
                .Select(_ => Math.Exp(0.3 * random.NextNormal())),
        ];
    }

    public SimulationSize Size { get; }

    public IReadOnlyList<Decoy> Decoys { get; }

    public IEnumerable<SimulatedProduct> Products() => Enumerable.Range(0, Size.Products).Select(Product);

    public DateOnly DateOf(int day) => Size.FirstDay.AddDays(day);

    /// <summary>A product by its number, from 0.</summary>
    public SimulatedProduct Product(int number)
    {
        var path = Path(number);
        var planted = new List<PlantedDecoy>();
        var truth = path.Days.OfType<SimulatedReading>().ToList();
        return new SimulatedProduct
        {
            Sku = $"sim-{number:0000000}",
            Title = SimulatedNames.Title(number, path.Brand, path.Category),
            Brand = SimulatedNames.Brand(path.Brand),
            Category = SimulatedNames.Categories[path.Category].Name,
            Readings = Decoys.Count == 0 ? truth : [.. truth.Select(reading => Shown(path, reading, planted))],
            Truth = truth,
            Units = path.Units,
            FirstDay = path.FirstDay,
            HasKnownSales = path.HasKnownSales,
            Planted = planted,
            Offers = [.. Offers(path)],
        };
    }

    private ProductPath Path(int number) => ProductPath.Draw(Size, events, brandEffects, number);

    private SimulatedReading Shown(ProductPath path, SimulatedReading reading, List<PlantedDecoy> planted)
    {
        if (Decoys.FirstOrDefault(decoy => decoy.IsOn(reading.Day)) is not { } decoy)
        {
            return reading;
        }

        var random = new RandomStream(((((long)Size.Seed * 1_009) + decoy.Number + 1) << 32) + path.Number);
        var shown = decoy.Kind switch
        {
            DecoyKind.CounterFalls when random.NextDouble() < 0.04 && reading.Reviews >= 40 => reading with
            {
                Reviews = (int)(reading.Reviews * (0.2 + (0.6 * random.NextDouble()))),
            },
            DecoyKind.PriceNotPrinted when random.NextDouble() < 0.04 => reading with
            {
                Price = Math.Floor(reading.Price * (decimal)(0.75 + (0.6 * random.NextDouble()))) + (0.01m * (1 + random.NextInt(99))),
            },
            DecoyKind.ValueRepeated when random.NextDouble() < 0.12 => reading with { Price = RepeatedPrice },
            DecoyKind.FieldsContradict when random.NextDouble() < 0.1 && reading.Discount > 0 => reading with
            {
                Price = path.Printed(reading.Price * (decimal)(1.25 + (0.35 * random.NextDouble()))),
            },
            DecoyKind.JumpAndBack when random.NextDouble() < 0.04 => random.NextDouble() < 0.5 && reading.Reviews >= 20
                ? reading with
                {
                    Reviews = reading.Reviews * 10,
                }
                : reading with
                {
                    Price = reading.Price * 10,
                },
            DecoyKind.CollectionMoved => reading with { Price = path.Printed(reading.Price * 1.12m) },
            DecoyKind.DisagreesWithYesterday => reading with
            {
                Price = Path((path.Number + OtherProduct) % Size.Products).Days[reading.Day]?.Price ?? reading.Price,
            },
            DecoyKind.MeaningChanged => reading with { Reviews = path.ReviewsOfLastMonth(reading.Day) },
            _ => reading,
        };
        Note(decoy, reading, shown, planted);
        return shown;
    }

    /// <summary>Values that differ enough to tell; those of a whole column that happen to be near the truth are no decoys.</summary>
    private static void Note(Decoy decoy, SimulatedReading truth, SimulatedReading shown, List<PlantedDecoy> planted)
    {
        var isOfColumn = decoy.Kind is DecoyKind.DisagreesWithYesterday or DecoyKind.ValueRepeated;
        var price = Math.Abs(Math.Log((double)(shown.Price / truth.Price)));
        if (price > (isOfColumn ? Math.Log(Telling) : 0))
        {
            planted.Add(new PlantedDecoy(decoy.Kind, truth.Day, "price"));
        }

        if (shown.Reviews != truth.Reviews && (decoy.Kind != DecoyKind.MeaningChanged || shown.Reviews * 2 < truth.Reviews - 40))
        {
            planted.Add(new PlantedDecoy(decoy.Kind, truth.Day, "reviews"));
        }
    }

    private static IEnumerable<SimulatedOffer> Offers(ProductPath path)
    {
        var first = path.Number % SimulatedNames.Merchants;
        foreach (var reading in path.Days.OfType<SimulatedReading>().Where(reading => reading.Day % DaysBetweenOffers == 0))
        {
            for (var i = 0; i < Math.Max(1, Math.Min(reading.Merchants, 4)); i++)
            {
                yield return new SimulatedOffer(
                    (first + (i * 7)) % SimulatedNames.Merchants,
                    reading.Day,
                    path.Printed(reading.Price * (1 + (0.03m * i))),
                    reading.IsAvailable,
                    1 + ((first + i) % 5)
                );
            }
        }
    }
}
