namespace Tradepost.Retail.Generation;

/// <summary>How large a shop to generate, and which one: equal options give equal rows.</summary>
public sealed record ShopOptions
{
    public const int DefaultSeed = 42;
    public const int LargestScale = 100_000;

    /// <summary>What a request may make of this machine: 5,000 customers and 60,000 orders.</summary>
    public const int LargestScaleOverHttp = 100;

    /// <summary>Multiplies customers (50), orders (600) and payments (540 or more).</summary>
    public int Scale { get; init; } = 1;

    public int Seed { get; init; } = DefaultSeed;

    /// <summary>About which share of customers, orders, lines and payments is made bad, 0 to 0.5.</summary>
    public double DirtyShare { get; init; }

    /// <summary>The day the two years of orders end at, itself excluded. Nothing is dated later.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>The default shop of a machine whose clock says it is now.</summary>
    public static ShopOptions Default(TimeProvider time) => new() { Until = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) };

    internal static void Validate(ShopOptions options)
    {
        if (options.Scale is < 1 or > LargestScale)
        {
            throw new ArgumentException($"The scale is {options.Scale}; it must be between 1 and {LargestScale}.", nameof(options));
        }

        if (options.DirtyShare is not (>= 0 and <= 0.5))
        {
            throw new ArgumentException($"The share of dirty rows is {options.DirtyShare}; it must be between 0 and 0.5.", nameof(options));
        }

        if (options.Until.Year is < 2000 or > 2100)
        {
            throw new ArgumentException(
                $"The orders are to end at {options.Until:yyyy-MM-dd}; a year between 2000 and 2100 is expected.",
                nameof(options)
            );
        }
    }
}
