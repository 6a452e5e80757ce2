namespace Tradepost.Marketplace.Sales;

/// <summary>Where a product stands: numbers of its own, of its brand within its category, and of its category; -1 where there is none.</summary>
internal readonly record struct Place(int Product, int Brand, int Category);

/// <summary>Products whose sales are known, under their brands and categories.</summary>
internal sealed class ProductTree
{
    private readonly Dictionary<string, int> products = [];
    private readonly Dictionary<(string Category, string Brand), int> brands = [];
    private readonly Dictionary<string, int> categories = [];

    public List<Place> Places { get; } = [];

    /// <summary>The keys of the products, by number.</summary>
    public IEnumerable<string> Skus => products.Keys;

    public int Brands => brands.Count;

    public int Categories => categories.Count;

    /// <summary>For each brand the number of its category; -1 for a brand without one.</summary>
    public List<int> CategoryOfBrand { get; } = [];

    /// <summary>Gives a product its place, or the one that it has.</summary>
    public Place Add(string sku, string? brand, string? category)
    {
        if (products.TryGetValue(sku, out var known))
        {
            return Places[known];
        }

        var place = new Place(Places.Count, BrandOf(brand, category), CategoryOf(category));
        products[sku] = place.Product;
        Places.Add(place);
        return place;
    }

    /// <summary>Where any product stands, so far as the tree reaches.</summary>
    public Place Find(string sku, string? brand, string? category) =>
        products.TryGetValue(sku, out var product)
            ? Places[product]
            : new Place(
                -1,
                brand is not null && brands.TryGetValue((category ?? "", brand), out var ofBrand) ? ofBrand : -1,
                category is not null && categories.TryGetValue(category, out var ofCategory) ? ofCategory : -1
            );

    private int BrandOf(string? brand, string? category)
    {
        if (brand is null)
        {
            return -1;
        }

        if (!brands.TryGetValue((category ?? "", brand), out var number))
        {
            brands[(category ?? "", brand)] = number = brands.Count;
            CategoryOfBrand.Add(CategoryOf(category));
        }

        return number;
    }

    private int CategoryOf(string? category)
    {
        if (category is null)
        {
            return -1;
        }

        if (!categories.TryGetValue(category, out var number))
        {
            categories[category] = number = categories.Count;
        }

        return number;
    }
}
