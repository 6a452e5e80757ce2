using System.Globalization;
using System.Text;
using Tradepost.Jobs;

namespace Tradepost.Marketplace.Simulating;

/// <summary>A simulated marketplace as CSV files: what is shown, the sales that are known, and the offers.</summary>
internal sealed class SimulationFiles : SimulationTarget
{
    private static readonly (string Name, string Header)[] Files =
    [
        ("products.csv", "sku,date,title,brand,category,reviews,rating,price,merchants,availability,discount,old_price"),
        ("sales.csv", "sku,first_day,last_day,units"),
        ("offers.csv", "sku,merchant,captured_at,price,availability,delivery_days"),
    ];

    private readonly SimulatedMarketplace marketplace;
    private readonly string[] paths;
    private readonly List<StreamWriter> writers = [];

    /// <summary>Begins the files.</summary>
    /// <param name="marketplace">What is written.</param>
    /// <param name="folder">An empty or a new folder.</param>
    /// <exception cref="JobFailedException">One of the files is there already.</exception>
    public SimulationFiles(SimulatedMarketplace marketplace, string folder)
    {
        this.marketplace = marketplace;
        paths = [.. Files.Select(file => Path.Combine(folder, file.Name))];
        if (Array.Find(paths, File.Exists) is { } there)
        {
            throw new JobFailedException($"{there} is there already; delete it, or give another folder.");
        }

        Directory.CreateDirectory(folder);
        foreach (var (path, file) in paths.Zip(Files))
        {
            var writer = new StreamWriter(PartOf(path), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            writer.Write(file.Header + "\n");
            writers.Add(writer);
        }
    }

    public override async Task WriteAsync(IReadOnlyList<SimulatedProduct> products, CancellationToken cancellationToken)
    {
        foreach (
            var (writer, lines) in writers.Zip<StreamWriter, IEnumerable<string>>([Readings(products), Sales(products), Offers(products)])
        )
        {
            foreach (var line in lines)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await writer.WriteAsync(line);
            }
        }
    }

    public override async Task<IReadOnlyList<string>> CompleteAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        foreach (var path in paths)
        {
            File.Move(PartOf(path), path);
        }

        return paths;
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        foreach (var path in paths)
        {
            File.Delete(PartOf(path));
        }
    }

    private async Task CloseAsync()
    {
        foreach (var writer in writers)
        {
            await writer.DisposeAsync();
        }

        writers.Clear();
    }

    private static string PartOf(string path) => path + ".part";

    private IEnumerable<string> Readings(IEnumerable<SimulatedProduct> products) =>
        from product in products
        from reading in product.Readings
        select $"{product.Sku},{Date(reading.Day)},{product.Title},{product.Brand},{product.Category},{reading.Reviews},{reading.Rating},"
            + $"{reading.Price},{reading.Merchants},{reading.Availability},{reading.Discount},{reading.OldPrice}\n";

    private IEnumerable<string> Sales(IEnumerable<SimulatedProduct> products) =>
        from product in products
        from week in product.KnownSales()
        select $"{product.Sku},{Date(week.FirstDay)},{Date(week.LastDay)},{week.Units}\n";

    private IEnumerable<string> Offers(IEnumerable<SimulatedProduct> products) =>
        from product in products
        from offer in product.Offers
        select $"{product.Sku},{SimulatedNames.MerchantId(offer.Merchant)},{Date(offer.Day)}T09:00:00Z,{offer.Price},"
            + $"{(offer.IsAvailable ? "in_stock" : "out_of_stock")},{offer.DeliveryDays}\n";

    private string Date(int day) => marketplace.DateOf(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
