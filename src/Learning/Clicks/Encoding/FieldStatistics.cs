using System.Runtime.InteropServices;

namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>What the training rows say about a field, as they are gone through; then the encoder that follows from it.</summary>
internal sealed class FieldStatistics(ClickField field, FieldTexts texts, int minCount)
{
    private readonly List<float> numbers = [];
    private readonly long[] counts = new long[texts.Texts.Count];
    private long missing;
    private int most;

    public int MinCount { get; } = field.MinCount ?? minCount;

    public void AddText(int number) => counts[number]++;

    public void AddSeveral(ReadOnlySpan<int> several)
    {
        most = Math.Max(most, several.Length);
        foreach (var number in several)
        {
            counts[number]++;
        }
    }

    public void AddNumber(float number)
    {
        if (float.IsNaN(number))
        {
            missing++;
        }
        else
        {
            numbers.Add(number);
        }
    }

    /// <summary>The encoder.</summary>
    /// <exception cref="ArgumentException">The field says nothing about a row.</exception>
    public FieldEncoder Encoder() =>
        field.Kind switch
        {
            FieldKind.Categorical or FieldKind.MultiValued => OfTexts(),
            FieldKind.Bucketised => OfBuckets(),
            _ => OfScale(),
        };

    private FieldEncoder OfTexts()
    {
        var (kept, rare, ids, rareRows) = (new List<string>(), new List<ulong>(), new List<long> { 0, 0 }, 0L);
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] >= MinCount)
            {
                kept.Add(texts.Texts[i]);
                ids.Add(counts[i]);
            }
            else if (counts[i] > 0)
            {
                rare.Add(FieldEncoder.Hash(texts.Texts[i]));
                rareRows += counts[i];
            }
        }

        Require(kept.Count + rare.Count > 1, field, () =>
            kept.Count + rare.Count == 0 ? "no value" : $"one value, '{texts.Texts[Array.FindIndex(counts, count => count > 0)]}',"
        );
        if (kept.Count == 0)
        {
            throw new ArgumentException(
                $"The field {field.Name} has {rare.Count:N0} distinct values in the training rows and none of them in at least "
                    + $"{MinCount}: it names single rows. Leave it out, or lower min_count.",
                nameof(field)
            );
        }

        ids[FieldEncoder.Rare] = rare.Count > 0 ? Math.Max(1, rareRows / rare.Count) : 0;
        rare.Sort();
        return new FieldEncoder(field, Math.Max(1, most), [.. kept], [.. rare], [], 0, 1, [.. ids]);
    }

    private FieldEncoder OfBuckets()
    {
        numbers.Sort();
        var sorted = CollectionsMarshal.AsSpan(numbers);
        Require(!sorted.IsEmpty && (sorted[0] < sorted[^1] || missing > 0), field, OneNumber);
        var cuts = new List<float>();
        for (var i = 1; i < field.Buckets; i++)
        {
            var cut = sorted[(int)((long)sorted.Length * i / field.Buckets)];
            if (cut < sorted[^1] && (cuts.Count == 0 || cut > cuts[^1]))
            {
                cuts.Add(cut);
            }
        }

        var encoder = new FieldEncoder(field, 1, [], [], [.. cuts], 0, 1, new long[cuts.Count + 2]);
        foreach (var number in sorted)
        {
            encoder.Counts[encoder.Bucket(number)]++;
        }

        encoder.Counts[0] = missing;
        return encoder;
    }

    private FieldEncoder OfScale()
    {
        var mean = numbers.Count > 0 ? numbers.Average(number => (double)number) : 0;
        var deviation = numbers.Count > 0 ? Math.Sqrt(numbers.Average(number => (number - mean) * (number - mean))) : 0;
        Require(deviation > 0 || (missing > 0 && numbers.Count > 0), field, OneNumber);
        return new FieldEncoder(field, 1, [], [], [], (float)mean, deviation > 0 ? (float)(1 / deviation) : 1, [missing, numbers.Count]);
    }

    private string OneNumber() => numbers.Count == 0 ? "no value" : $"one value, {numbers[0]},";

    private static void Require(bool tells, ClickField field, Func<string> what)
    {
        if (!tells)
        {
            throw new ArgumentException(
                $"The field {field.Name} has {what()} in all training rows, so it cannot tell clicks apart. Leave it out.",
                nameof(field)
            );
        }
    }
}
