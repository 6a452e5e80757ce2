namespace Tradepost.Training.Registry;

/// <summary>
/// The version that was in production when another was trained, judged anew on the data that the other was judged on: what the two can
/// fairly be compared by.
/// </summary>
/// <param name="Values">By the names of metrics.</param>
public sealed record Rival(int Version, IReadOnlyDictionary<string, double> Values);
