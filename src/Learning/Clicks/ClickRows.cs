using Tradepost.Learning.Clicks.Encoding;
using Tradepost.Learning.Clicks.Network;

namespace Tradepost.Learning.Clicks;

/// <summary>
/// Rows to predict, encoded as they come. Fill it with <see cref="Set"/> for each field of the model and then <see cref="EndRow"/>; it may
/// be cleared and used again, and allocates nothing then. Not for several threads at once.
/// </summary>
public sealed class ClickRows
{
    private readonly ClickEncoder encoder;
    private int[] ids;
    private float[]? weights;
    private int filled;
    private int slotStart;

    internal ClickRows(ClickEncoder encoder, int capacity)
    {
        this.encoder = encoder;
        ids = new int[capacity * encoder.Slots];
        weights = encoder.HasWeights ? new float[ids.Length] : null;
    }

    /// <summary>Rows that have ended.</summary>
    public int Count { get; private set; }

    internal int[] Ids => ids;

    internal RowBlock Block => new(ids, weights, [], null);

    /// <summary>Sets the next field of the row that has begun. Fields come in the order of the model's.</summary>
    /// <param name="field">The number of the field, from 0.</param>
    /// <param name="text">What stands there; may be empty.</param>
    /// <exception cref="ArgumentException">Not the next field, or no number in a field of numbers.</exception>
    public void Set(int field, ReadOnlySpan<char> text)
    {
        if (field != filled || field >= encoder.Fields.Count)
        {
            throw new ArgumentException($"Field {field} was set where field {filled} of {encoder.Fields.Count} comes next.", nameof(field));
        }

        var start = (Count * encoder.Slots) + slotStart;
        if (start + encoder.Fields[field].Slots > ids.Length)
        {
            Grow();
        }

        Span<float> unused = stackalloc float[1];
        var slots = encoder.Fields[field].Slots;
        encoder.Fields[field].Encode(text, ids.AsSpan(start, slots), weights is null ? unused : weights.AsSpan(start, slots));
        (filled, slotStart) = (filled + 1, slotStart + slots);
    }

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">Fields are missing.</exception>
    public void EndRow()
    {
        if (filled != encoder.Fields.Count)
        {
            throw new InvalidOperationException($"The row has {filled} of {encoder.Fields.Count} fields.");
        }

        (Count, filled, slotStart) = (Count + 1, 0, 0);
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear() => (Count, filled, slotStart) = (0, 0, 0);

    internal bool IsOf(ClickEncoder other) => ReferenceEquals(encoder, other);

    private void Grow()
    {
        Array.Resize(ref ids, Math.Max(ids.Length * 2, encoder.Slots * 16));
        if (weights is not null)
        {
            Array.Resize(ref weights, ids.Length);
        }
    }
}
