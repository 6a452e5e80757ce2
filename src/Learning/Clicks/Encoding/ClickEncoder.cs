namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>The encoders of all fields, with one range of ids.</summary>
internal sealed class ClickEncoder
{
    /// <summary>A field with so many values is worth a word.</summary>
    private const int ManyValues = 1_000_000;

    private const int RowsBetweenLooks = 4096;

    public ClickEncoder(IReadOnlyList<FieldEncoder> fields)
    {
        Fields = fields;
        var (ids, slots) = (0, new List<int>());
        for (var i = 0; i < fields.Count; i++)
        {
            fields[i].FirstId = ids;
            ids = checked(ids + fields[i].IdCount);
            slots.AddRange(Enumerable.Repeat(i, fields[i].Slots));
        }

        (Ids, SlotFields) = (ids, [.. slots]);
        HasWeights = fields.Any(field => field.HasWeights);
    }

    public IReadOnlyList<FieldEncoder> Fields { get; }

    public int Ids { get; }

    public int[] SlotFields { get; }

    public int Slots => SlotFields.Length;

    public bool HasWeights { get; }

    /// <summary>Learns from the rows of a log that are trained on.</summary>
    /// <exception cref="ArgumentException">A field says nothing about a row.</exception>
    public static ClickEncoder Fit(ClickLog log, ReadOnlySpan<bool> isTrained, int minCount, CancellationToken cancellationToken)
    {
        var statistics = log.Fields.Select((field, i) => new FieldStatistics(field, log.Texts(i), minCount)).ToArray();
        var codes = log.Codes;
        for (int row = 0, at = 0; row < log.Count; row++)
        {
            Look(row, cancellationToken);
            for (var field = 0; field < statistics.Length; field++)
            {
                var length = Length(log.Fields[field], codes, at);
                if (isTrained[row])
                {
                    Add(statistics[field], log.Fields[field].Kind, codes.Slice(at, length));
                }

                at += length;
            }
        }

        return new ClickEncoder([
            .. statistics.Select(field =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                return field.Encoder();
            }),
        ]);
    }

    /// <summary>The rows of a log as ids.</summary>
    public EncodedRows Encode(ClickLog log, CancellationToken cancellationToken)
    {
        var ids = new int[checked(log.Count * Slots)];
        var weights = HasWeights ? new float[ids.Length] : null;
        var locals = Fields.Select((field, i) => Locals(field, log.Texts(i))).ToArray();
        var codes = log.Codes;
        Span<float> unused = stackalloc float[1];
        for (int row = 0, at = 0, slot = 0; row < log.Count; row++)
        {
            Look(row, cancellationToken);
            for (var i = 0; i < Fields.Count; i++)
            {
                var field = Fields[i];
                var length = Length(field.Field, codes, at);
                var target = ids.AsSpan(slot, field.Slots);
                EncodeField(
                    field,
                    locals[i],
                    codes.Slice(at, length),
                    target,
                    weights is null ? unused : weights.AsSpan(slot, field.Slots)
                );
                (at, slot) = (at + length, slot + field.Slots);
            }
        }

        return new EncodedRows(log.Count, Slots, ids, weights, log.Labels.ToArray());
    }

    /// <summary>Sentences about fields with very many values.</summary>
    public IEnumerable<string> Notes() =>
        Fields
            .Where(field => field.KeptTexts.Length + field.RareHashes.Length >= ManyValues)
            .Select(field =>
                FormattableString.Invariant(
                    $"The field {field.Field.Name} has {field.KeptTexts.Length + field.RareHashes.Length:N0} distinct values; the {field.KeptTexts.Length:N0} that are frequent enough have an embedding of their own, the others share one. If it names single rows, leave it out."
                )
            );

    private static void Look(int row, CancellationToken cancellationToken)
    {
        if (row % RowsBetweenLooks == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static int Length(ClickField field, ReadOnlySpan<int> codes, int at) => field.Kind == FieldKind.MultiValued ? codes[at] + 1 : 1;

    private static void Add(FieldStatistics statistics, FieldKind kind, ReadOnlySpan<int> codes)
    {
        switch (kind)
        {
            case FieldKind.Categorical:
                statistics.AddText(codes[0]);
                break;
            case FieldKind.MultiValued:
                statistics.AddSeveral(codes[1..]);
                break;
            default:
                statistics.AddNumber(BitConverter.Int32BitsToSingle(codes[0]));
                break;
        }
    }

    private static void EncodeField(FieldEncoder field, int[] locals, ReadOnlySpan<int> codes, Span<int> ids, Span<float> weights)
    {
        switch (field.Field.Kind)
        {
            case FieldKind.Categorical:
                (ids[0], weights[0]) = (locals[codes[0]], 1);
                break;
            case FieldKind.MultiValued:
                var count = Math.Min(codes.Length - 1, field.Slots);
                for (var i = 0; i < count; i++)
                {
                    ids[i] = locals[codes[i + 1]];
                }

                field.Spread(ids, weights, count);
                break;
            default:
                field.EncodeNumber(BitConverter.Int32BitsToSingle(codes[0]), ids, weights);
                break;
        }
    }

    /// <summary>The id of each text.</summary>
    private static int[] Locals(FieldEncoder field, FieldTexts texts) =>
        [.. texts.Texts.Select(text => field.FirstId + field.LocalId(text))];
}
