using System.Text.RegularExpressions;

namespace Tradepost.Advertising.Loading;

/// <summary>What reports write into the row of their totals: <c>Total: Account</c>, <c>Итого</c>, <c>Всего с 01.01.2024 по 31.01.2024</c>.</summary>
internal static partial class TotalsRow
{
    /// <summary>Whether a text is a totals row's label and no name that merely begins like one.</summary>
    public static bool IsLabel(string text) => Label().IsMatch(text);

    [GeneratedRegex(
        @"\A\s*(?:(?:grand )?totals?|итого|итог|всего|разом|усього|всього|підсумок)(?:\s*[:–—-].*|\s+(?:of|rows|results?|for|с|за|из|з|по)\b.*|\s+\d.*)?\s*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Label();
}
