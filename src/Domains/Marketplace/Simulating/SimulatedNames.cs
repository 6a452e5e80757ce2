namespace Tradepost.Marketplace.Simulating;

/// <summary>What things are called in a simulated marketplace.</summary>
internal static class SimulatedNames
{
    public const int BrandsOfCategory = 4;
    public const int Merchants = 40;

    /// <summary>The categories that have products.</summary>
    public static readonly SimulatedCategory[] Categories =
    [
        new("Perfume", "Beauty", 24_000, 0.05),
        new("Skin care", "Beauty", 7_500, 0.06),
        new("Headphones", "Electronics", 19_000, 0.035),
        new("Phones", "Electronics", 140_000, 0.025),
        new("Kitchen", "Home", 11_000, 0.03),
        new("Toys", "Home", 6_000, 0.04),
    ];

    private static readonly string[] Brands =
    [
        "Aral",
        "Bektau",
        "Caspi",
        "Dala",
        "Ertis",
        "Farab",
        "Gulsary",
        "Hantau",
        "Ile",
        "Jetisu",
        "Kolsay",
        "Lepsi",
        "Mangystau",
        "Nura",
        "Oskemen",
        "Primorye",
        "Qulan",
        "Ridder",
        "Saryarqa",
        "Tarbagatai",
        "Ulytau",
        "Vostok",
        "Yereymen",
        "Zhaiyq",
    ];

    private static readonly string[] Kinds =
    [
        "classic",
        "mini",
        "travel set",
        "limited",
        "plus",
        "pro",
        "light",
        "family pack",
        "night",
        "day",
        "gift box",
        "2024",
    ];

    public static string Brand(int number) => Brands[number];

    public static string Title(int product, int brand, int category) =>
        $"{Brands[brand]} {Categories[category].Name.ToLowerInvariant()} {Kinds[product % Kinds.Length]} {100 + (product / Kinds.Length)}";

    public static string MerchantId(int merchant) => $"m{merchant:00}";

    public static string MerchantName(int merchant) => $"Shop {merchant:00}";
}

/// <summary>A category.</summary>
/// <param name="Price">What half of its products cost more than.</param>
/// <param name="Propensity">The share of buyers who write a review, on average.</param>
internal sealed record SimulatedCategory(string Name, string Parent, double Price, double Propensity);
