namespace Tradepost.Learning.Regression.Linear;

/// <summary>What a slab of rows adds to sums that begin at zero.</summary>
internal delegate void SlabSum(int from, int length, double[] sums);
