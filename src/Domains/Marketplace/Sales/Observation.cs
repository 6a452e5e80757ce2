namespace Tradepost.Marketplace.Sales;

/// <summary>How many reviews a product had on a day.</summary>
/// <param name="Day">Its number, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Reviews">All so far.</param>
internal readonly record struct Observation(int Day, double Reviews);
