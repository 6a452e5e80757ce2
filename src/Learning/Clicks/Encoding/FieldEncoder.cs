namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>
/// What a field's texts mean to a network: ids from <see cref="FirstId"/>. Of categorical fields the first id is for values never seen in
/// training and the second for rare ones; of fields of numbers the first is for a missing number.
/// </summary>
internal sealed class FieldEncoder
{
    public const int Unknown = 0;
    public const int Rare = 1;
    public const int FirstKept = 2;

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public FieldEncoder(ClickField field, int slots, string[] kept, ulong[] rare, float[] cuts, float mean, float scale, long[] counts)
    {
        (Field, Slots, KeptTexts, RareHashes, Cuts, Mean, Scale, Counts) = (field, slots, kept, rare, cuts, mean, scale, counts);
        var numbers = new Dictionary<string, int>(kept.Length, StringComparer.Ordinal);
        for (var i = 0; i < kept.Length; i++)
        {
            numbers.Add(kept[i], FirstKept + i);
        }

        lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public ClickField Field { get; }

    /// <summary>Ids that a row has at most.</summary>
    public int Slots { get; }

    public string[] KeptTexts { get; }

    /// <summary>Of the rare values, in order.</summary>
    public ulong[] RareHashes { get; }

    /// <summary>Where buckets end.</summary>
    public float[] Cuts { get; }

    public float Mean { get; }

    public float Scale { get; }

    /// <summary>Of each id, the training rows that have it; of the rare ones on average per value.</summary>
    public long[] Counts { get; }

    public int IdCount => Counts.Length;

    /// <summary>Where the field's ids begin among those of all fields.</summary>
    public int FirstId { get; set; }

    /// <summary>Whether ids have weights other than 1, or slots may be empty.</summary>
    public bool HasWeights => Slots > 1 || Field.Kind is FieldKind.Scaled or FieldKind.MultiValued;

    /// <summary>Writes the ids of a text and their weights, −1 and 0 where a slot is not used.</summary>
    /// <exception cref="ArgumentException">No number in a field of numbers.</exception>
    public void Encode(ReadOnlySpan<char> text, Span<int> ids, Span<float> weights)
    {
        switch (Field.Kind)
        {
            case FieldKind.Categorical:
                (ids[0], weights[0]) = (FirstId + LocalId(text), 1);
                break;
            case FieldKind.MultiValued:
                EncodeSeveral(text, ids, weights);
                break;
            default:
                EncodeNumber(FieldTexts.Number(Field.Name, text), ids, weights);
                break;
        }
    }

    public void EncodeNumber(float number, Span<int> ids, Span<float> weights)
    {
        if (Field.Kind == FieldKind.Bucketised)
        {
            (ids[0], weights[0]) = (FirstId + Bucket(number), 1);
        }
        else
        {
            (ids[0], weights[0]) = float.IsNaN(number) ? (FirstId, 1) : (FirstId + 1, (number - Mean) * Scale);
        }
    }

    /// <summary>The id of a value within the field.</summary>
    public int LocalId(ReadOnlySpan<char> text) =>
        lookup.TryGetValue(text, out var id) ? id
        : RareHashes.Length > 0 && Array.BinarySearch(RareHashes, Hash(text)) >= 0 ? Rare
        : Unknown;

    /// <summary>0 for what is missing, then 1 up.</summary>
    public int Bucket(float number)
    {
        if (float.IsNaN(number))
        {
            return 0;
        }

        var found = Array.BinarySearch(Cuts, number);
        return 1 + (found >= 0 ? found : ~found);
    }

    /// <summary>What an id stands for, in words.</summary>
    public string Describe(int local) =>
        Field.Kind switch
        {
            FieldKind.Categorical or FieldKind.MultiValued => local switch
            {
                Unknown => "(unseen)",
                Rare => "(rare)",
                _ => KeptTexts[local - FirstKept],
            },
            _ when local == 0 => "(missing)",
            FieldKind.Scaled => "(number)",
            _ when local > Cuts.Length => $"over {Cuts[^1]}",
            _ => $"to {Cuts[local - 1]}",
        };

    /// <summary>64 bits of a text, the same on every machine (FNV-1a over its UTF-16 units, then the finaliser of SplitMix64).</summary>
    public static ulong Hash(ReadOnlySpan<char> text)
    {
        unchecked
        {
            var hash = 0xcbf29ce484222325UL;
            foreach (var unit in text)
            {
                hash = (hash ^ unit) * 0x100000001b3UL;
            }

            hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
            hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
            return hash ^ (hash >> 31);
        }
    }

    private void EncodeSeveral(ReadOnlySpan<char> text, Span<int> ids, Span<float> weights)
    {
        var count = 0;
        if (!text.IsEmpty)
        {
            foreach (var range in text.Split(Field.Separator))
            {
                if (count < Slots)
                {
                    ids[count++] = FirstId + LocalId(text[range]);
                }
            }
        }

        Spread(ids, weights, count);
    }

    /// <summary>Weights whose mean is taken, and empty slots after them.</summary>
    public void Spread(Span<int> ids, Span<float> weights, int count)
    {
        weights[..count].Fill(1f / Math.Max(1, count));
        weights[count..Slots].Clear();
        ids[count..Slots].Fill(-1);
    }
}
