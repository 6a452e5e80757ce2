namespace Tradepost.Jobs;

/// <summary>A column of the store that holds personal data; docs/privacy.md says what, why and how long.</summary>
/// <param name="Table">The table; a landing table of a load (<c>stg_x_next</c>) has the columns of its staging table.</param>
/// <param name="Column">The column.</param>
/// <param name="Of">Whose data it is.</param>
public sealed record PersonalColumn(string Table, string Column, PersonKind Of);
