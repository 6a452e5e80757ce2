namespace Tradepost.Retail.Generation;

/// <summary>How many rows were generated.</summary>
public sealed record ShopCounts
{
    public required long Regions { get; init; }

    public required long Categories { get; init; }

    public required long Products { get; init; }

    public required long Employees { get; init; }

    public required long Managers { get; init; }

    public required long Customers { get; init; }

    public required long Orders { get; init; }

    public required long OrderItems { get; init; }

    public required long Payments { get; init; }

    public required long Users { get; init; }

    public required long Roles { get; init; }
}
