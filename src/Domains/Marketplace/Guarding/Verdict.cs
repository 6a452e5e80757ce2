namespace Tradepost.Marketplace.Guarding;

/// <summary>A value that the guard does not believe.</summary>
/// <param name="Sku">The product.</param>
/// <param name="Day">Days since 1970-01-01.</param>
/// <param name="Field">The place among <see cref="GuardedField.All"/>.</param>
/// <param name="Low">The least that was expected; NaN where nothing can be said.</param>
/// <param name="High">The most.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="KnownOn">The day from which on this could be known: the value's own, or a later one where a rule has to wait.</param>
internal readonly record struct Verdict(string Sku, int Day, int Field, double Value, double Low, double High, string Rule, int KnownOn);
