using System.Runtime.InteropServices;

namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>
/// Rows to train on: for each a text per field, whether there was a click, and when it was. Texts are kept once, so millions of rows fit
/// into memory. Fill it with <see cref="Set"/> for each field and then <see cref="EndRow"/>, row by row. Not for several threads at once.
/// </summary>
public sealed class ClickLog
{
    private readonly FieldTexts[] texts;

    /// <summary>Row by row and field by field: the number of the text, the bits of the number, or how many texts and then theirs.</summary>
    private readonly List<int> codes = [];
    private readonly List<byte> labels = [];
    private readonly List<double> times = [];
    private int filled;

    /// <summary>An empty log.</summary>
    /// <param name="fields">At least one; their names differ.</param>
    /// <exception cref="ArgumentException">No field, one named twice, or a setting of a field out of its range.</exception>
    public ClickLog(IReadOnlyList<ClickField> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        FieldRules.Check(fields);
        Fields = fields;
        texts = [.. fields.Select(field => new FieldTexts(field))];
    }

    /// <summary>The fields of each row.</summary>
    public IReadOnlyList<ClickField> Fields { get; }

    /// <summary>Rows that have ended.</summary>
    public int Count => labels.Count;

    /// <summary>Rows before this one are trained on, those from it judge; null while all are to be divided.</summary>
    public int? ValidationStart { get; private set; }

    internal ReadOnlySpan<byte> Labels => CollectionsMarshal.AsSpan(labels);

    internal ReadOnlySpan<double> Times => CollectionsMarshal.AsSpan(times);

    internal ReadOnlySpan<int> Codes => CollectionsMarshal.AsSpan(codes);

    internal FieldTexts Texts(int field) => texts[field];

    /// <summary>Adds the next field of the row that has begun. Fields come in their order.</summary>
    /// <param name="field">The number of the field, from 0.</param>
    /// <param name="text">What stands there; may be empty.</param>
    /// <exception cref="ArgumentException">Not the next field, or no number in a field of numbers.</exception>
    public void Set(int field, ReadOnlySpan<char> text)
    {
        if (field != filled || field >= texts.Length)
        {
            throw new ArgumentException($"Field {field} was set where field {filled} of {texts.Length} comes next.", nameof(field));
        }

        texts[field].Add(text, codes);
        filled++;
    }

    /// <summary>Ends the row.</summary>
    /// <param name="label">1 for a click, 0 for none.</param>
    /// <param name="time">When, in any unit; the last rows in time judge. The same for all where time plays no part.</param>
    /// <exception cref="ArgumentException">A label other than 0 or 1, fields that are missing, or a time that is not a number.</exception>
    public void EndRow(int label, double time = 0)
    {
        if (filled != texts.Length)
        {
            throw new ArgumentException($"The row has {filled} of {texts.Length} fields.", nameof(label));
        }

        if (label is not (0 or 1))
        {
            throw new ArgumentException($"The label is {label}; expected is 0 or 1.", nameof(label));
        }

        if (!double.IsFinite(time))
        {
            throw new ArgumentException("A time is not a finite number.", nameof(time));
        }

        labels.Add((byte)label);
        times.Add(time);
        filled = 0;
    }

    /// <summary>The rows that follow judge and calibrate; those so far are all trained on.</summary>
    /// <exception cref="InvalidOperationException">Called twice.</exception>
    public void BeginValidation() =>
        ValidationStart = ValidationStart is null ? Count : throw new InvalidOperationException("The validation rows have already begun.");
}
