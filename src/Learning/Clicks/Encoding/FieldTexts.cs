using System.Globalization;

namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>The texts of a field as they are read: each is kept once and has a number.</summary>
internal sealed class FieldTexts
{
    private readonly ClickField field;
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public FieldTexts(ClickField field)
    {
        this.field = field;
        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public List<string> Texts { get; } = [];

    /// <summary>Appends what a row says to the codes of a log.</summary>
    public void Add(ReadOnlySpan<char> text, List<int> codes)
    {
        switch (field.Kind)
        {
            case FieldKind.Categorical:
                codes.Add(NumberOf(text));
                break;
            case FieldKind.MultiValued:
                AddSeveral(text, codes);
                break;
            default:
                codes.Add(BitConverter.SingleToInt32Bits(Number(field.Name, text)));
                break;
        }
    }

    /// <summary>A number; NaN where there is none.</summary>
    /// <exception cref="ArgumentException">Something else stands there.</exception>
    public static float Number(string name, ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || text is "NA" or "NaN" or "nan")
        {
            return float.NaN;
        }

        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && float.IsFinite(number)
            ? number
            : throw new ArgumentException($"{name} is '{text}'; expected is a number, or nothing.", nameof(text));
    }

    private void AddSeveral(ReadOnlySpan<char> text, List<int> codes)
    {
        var place = codes.Count;
        codes.Add(0);
        if (text.IsEmpty)
        {
            return;
        }

        foreach (var range in text.Split(field.Separator))
        {
            if (codes.Count - place <= field.MaxValues)
            {
                codes.Add(NumberOf(text[range]));
            }
        }

        codes[place] = codes.Count - place - 1;
    }

    private int NumberOf(ReadOnlySpan<char> text)
    {
        if (!lookup.TryGetValue(text, out var number))
        {
            number = Texts.Count;
            var kept = text.ToString();
            numbers.Add(kept, number);
            Texts.Add(kept);
        }

        return number;
    }
}
