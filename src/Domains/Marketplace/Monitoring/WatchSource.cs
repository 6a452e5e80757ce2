namespace Tradepost.Marketplace.Monitoring;

/// <summary>Where products are looked at: a file of <c>sources</c> in the data folder.</summary>
/// <param name="Name">Of the source: the file's name without its ending.</param>
/// <param name="Fields">What is read from the page of a product, or from each item of a list; <c>sku</c> among them in a list.</param>
internal sealed record WatchSource(string Name, IReadOnlyList<FieldRule> Fields)
{
    /// <summary>The page of one product; null where products are only read from lists.</summary>
    public PageRequest? Product { get; init; }

    /// <summary>Pages that list products.</summary>
    public ListRequest? List { get; init; }

    /// <summary>Offers by merchant.</summary>
    public OfferRules? Offers { get; init; }

    /// <summary>The products that are watched, by their keys.</summary>
    public IReadOnlyList<string> Skus { get; init; } = [];

    /// <summary>Whether every product of the store is watched besides.</summary>
    public bool WatchesKnown { get; init; }

    /// <summary>The categories that are watched, as they stand in the list's address.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Headers of each request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public Politeness Politeness { get; init; } = new();

    /// <summary>A folder of saved answers, each named as its request (<see cref="SavedAnswers"/>), in place of the network.</summary>
    public string? Folder { get; init; }
}

/// <summary>A request for a page.</summary>
/// <param name="Address">Its address, in which <c>{sku}</c>, <c>{category}</c> and <c>{page}</c> stand for what is asked for.</param>
/// <param name="Format">What the answer is.</param>
internal sealed record PageRequest(string Address, PageFormat Format)
{
    /// <summary>What is posted, with the same names in braces; null: the page is got.</summary>
    public string? Body { get; init; }
}

/// <summary>Pages that list products.</summary>
/// <param name="Page">The request for one of them.</param>
/// <param name="Items">Where its products stand.</param>
/// <param name="FirstPage">The number of the first page.</param>
/// <param name="MostPages">How many are asked for at most; a page without products is the last one.</param>
internal sealed record ListRequest(PageRequest Page, string Items, int FirstPage, int MostPages);

/// <summary>Offers of a product by merchant.</summary>
/// <param name="Items">Where the offers stand in the page.</param>
/// <param name="Fields">What is read from each: <c>merchant</c>, <c>price</c>, <c>availability</c>, <c>delivery_days</c>.</param>
/// <param name="Page">A page of their own; null: they stand in the product's.</param>
internal sealed record OfferRules(string Items, IReadOnlyList<FieldRule> Fields, PageRequest? Page);

/// <summary>A field and where a page has it.</summary>
/// <param name="Name">Of the field.</param>
/// <param name="Place">A JSON path, or a CSS selector with <c>@attribute</c> behind it where the value is no text.</param>
/// <param name="IsNumber">Whether its value is a number, whatever signs stand around it.</param>
internal sealed record FieldRule(string Name, string Place, bool IsNumber)
{
    /// <summary>A page without it is none of this layout.</summary>
    public bool IsRequired { get; init; }
}

internal enum PageFormat
{
    Json,
    Html,
}

/// <summary>How a source is treated.</summary>
internal sealed record Politeness
{
    /// <summary>Requests a second to one host.</summary>
    public double PerSecond { get; init; } = 1;

    /// <summary>Requests to one host at a time.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>How often a request is tried.</summary>
    public int Tries { get; init; } = 4;

    /// <summary>The most that one try takes.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether robots.txt is asked and kept to.</summary>
    public bool KeepsToRobots { get; init; } = true;

    /// <summary>The name that the source sees.</summary>
    public string UserAgent { get; init; } = "Tradepost";
}
