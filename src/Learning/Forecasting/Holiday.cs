namespace Tradepost.Learning.Forecasting;

/// <summary>
/// One occurrence of a holiday. Each day of its window has an effect of its own, the same at every occurrence of the name.
/// </summary>
/// <param name="Name">Occurrences of one name share their effects.</param>
/// <param name="Date">The day.</param>
/// <param name="LowerWindow">Days before that belong to it, as 0 or a negative number; at most 366.</param>
/// <param name="UpperWindow">Days after that belong to it, 0 or more; at most 366.</param>
/// <param name="PriorScale">Standard deviation of the effects' prior, the same for all of the name; null: the options'
/// <c>holidays_prior_scale</c>.</param>
public sealed record Holiday(string Name, DateOnly Date, int LowerWindow = 0, int UpperWindow = 0, double? PriorScale = null);
