using System.Collections.Frozen;

namespace Tradepost.Advertising.Money;

/// <summary>A currency by its code of ISO 4217, and how many digits its minor unit stands behind the point.</summary>
internal readonly record struct Currency
{
    private const int UsualDigits = 2;

    private static readonly FrozenDictionary<string, int> OtherDigits = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["BIF"] = 0,
        ["CLP"] = 0,
        ["DJF"] = 0,
        ["GNF"] = 0,
        ["ISK"] = 0,
        ["JPY"] = 0,
        ["KMF"] = 0,
        ["KRW"] = 0,
        ["PYG"] = 0,
        ["RWF"] = 0,
        ["UGX"] = 0,
        ["VND"] = 0,
        ["VUV"] = 0,
        ["XAF"] = 0,
        ["XOF"] = 0,
        ["XPF"] = 0,
        ["BHD"] = 3,
        ["IQD"] = 3,
        ["JOD"] = 3,
        ["KWD"] = 3,
        ["LYD"] = 3,
        ["OMR"] = 3,
        ["TND"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters, such as <c>USD</c>.</summary>
    public string Code { get; }

    /// <summary>Digits of the minor unit: 2 for most, 0 for yen, 3 for dinars.</summary>
    public int Digits => OtherDigits.GetValueOrDefault(Code, UsualDigits);

    /// <summary>A currency by its code in any case; null where the text is none.</summary>
    public static Currency? Find(string? code) =>
        code is { Length: 3 } && code.All(char.IsAsciiLetter) ? new Currency(code.ToUpperInvariant()) : null;

    /// <inheritdoc/>
    public override string ToString() => Code;
}
