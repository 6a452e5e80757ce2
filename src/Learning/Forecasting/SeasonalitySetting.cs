namespace Tradepost.Learning.Forecasting;

/// <summary>Whether a built-in seasonality is used: automatic (the default), on, off, or a Fourier order of one's own.</summary>
public readonly record struct SeasonalitySetting
{
    private SeasonalitySetting(int? order, bool isOn) => (Order, IsOn) = (order, isOn);

    /// <summary>Used when the history is long and dense enough for it.</summary>
    public static SeasonalitySetting Auto => default;

    /// <summary>Used with its usual order: 10 for yearly, 3 for weekly, 4 for daily.</summary>
    public static SeasonalitySetting On => new(null, true);

    /// <summary>Not used.</summary>
    public static SeasonalitySetting Off => new(0, false);

    /// <summary>The Fourier order, where one was given; 0 is off.</summary>
    public int? Order { get; }

    /// <summary>Whether it was switched on without an order.</summary>
    public bool IsOn { get; }

    /// <summary>Used with this Fourier order; 0 is off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative order.</exception>
    public static SeasonalitySetting OfOrder(int order)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(order);
        return new SeasonalitySetting(order, order > 0);
    }

    /// <summary>The order to use, given what the automatic rule says of this history.</summary>
    internal int Resolve(int usual, bool isFitting) => Order ?? (IsOn || isFitting ? usual : 0);

    /// <summary><c>auto</c>, <c>on</c>, <c>off</c> or the order.</summary>
    public override string ToString() =>
        Order is 0 ? "off"
        : Order is { } order ? order.ToString()
        : IsOn ? "on"
        : "auto";
}
