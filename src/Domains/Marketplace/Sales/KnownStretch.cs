using Tradepost.Learning.Shrinkage;

namespace Tradepost.Marketplace.Sales;

/// <summary>Days of a product on which both its sales and its reviews are known.</summary>
/// <param name="Product">Its number.</param>
/// <param name="Last">The last day: known from then on.</param>
/// <param name="Counts">Reviews as events, units as exposure.</param>
/// <param name="Weight">The share of its days that no earlier stretch has.</param>
internal readonly record struct KnownStretch(int Product, int Last, RateCounts Counts, double Weight);
