using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tradepost.Marketplace.Guarding;

/// <summary>What was seen of a product on a day, field by field. One is filled again and again while the store is read.</summary>
internal sealed class Reading
{
    /// <summary>Finer than any price: the power of ten of a value that is no exact number.</summary>
    public const int Unknown = -28;

    private const int LongestName = 32;

    private readonly double[] values = new double[GuardedField.All.Length];
    private readonly int[] steps = new int[GuardedField.All.Length];
    private byte[] bytes = new byte[1024];

    public string Sku { get; private set; } = "";

    /// <summary>Days since 1970-01-01.</summary>
    public int Day { get; private set; }

    /// <summary>A field's value; NaN without one.</summary>
    public double this[int field] => values[field];

    public bool Has(int field) => !double.IsNaN(values[field]);

    /// <summary>The greatest power of ten that a price is a multiple of: 2 for 1,500, −2 for 9.99.</summary>
    public int StepOf(int field) => steps[field];

    /// <summary>Takes the features of a row; what is no number there counts as missing.</summary>
    public void Set(string sku, int day, string features)
    {
        (Sku, Day) = (sku, day);
        Array.Fill(values, double.NaN);
        var most = Encoding.UTF8.GetMaxByteCount(features.Length);
        if (most > bytes.Length)
        {
            bytes = new byte[most];
        }

        var json = new Utf8JsonReader(bytes.AsSpan(0, Encoding.UTF8.GetBytes(features, bytes)));
        Span<char> name = stackalloc char[LongestName];
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var field =
                json.HasValueSequence || json.ValueSpan.Length > LongestName ? -1 : GuardedField.Find(name[..json.CopyString(name)]);
            json.Read();
            if (field >= 0)
            {
                Set(field, ref json);
            }

            json.Skip();
        }
    }

    private void Set(int field, ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Number)
        {
            Set(field, json.TryGetDecimal(out var exact) ? exact : null, json.GetDouble());
        }
        else if (json.TokenType == JsonTokenType.String && json.GetString() is { } text)
        {
            var number = text.Trim().TrimEnd('%');
            if (decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var exact))
            {
                Set(field, exact, (double)exact);
            }
        }
    }

    private void Set(int field, decimal? exact, double value)
    {
        values[field] = value;
        if (GuardedField.All[field].Kind == FieldKind.Price)
        {
            steps[field] = exact is { } price ? StepOf(price) : Unknown;
        }
    }

    private static int StepOf(decimal price)
    {
        if (price == 0)
        {
            return 0;
        }

        // Dividing by one with many places leaves out the zeros behind the last digit.
        var plain = price / 1.0000000000000000000000000000m;
        var step = -plain.Scale;
        for (; step >= 0 && plain % 10 == 0; step++)
        {
            plain /= 10;
        }

        return step;
    }
}
