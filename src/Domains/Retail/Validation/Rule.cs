namespace Tradepost.Retail.Validation;

/// <summary>
/// What every row of a table must be. The condition is SQL over the row <c>s</c> and holds for a row that breaks the rule.
/// </summary>
/// <param name="Name">table.column.kind, as it stands in etl_rejects.</param>
/// <param name="BrokenWhen">SQL that is true for a bad row; it must not be null for a good one.</param>
/// <param name="Expected">What was expected, for the user.</param>
/// <param name="Value">SQL for the offending value.</param>
internal sealed record Rule(string Name, string BrokenWhen, string Expected, string Value);
