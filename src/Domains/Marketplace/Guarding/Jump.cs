namespace Tradepost.Marketplace.Guarding;

/// <summary>A field that becomes ten times as much, or a tenth, and what it was before, within a few readings.</summary>
internal sealed class Jump(FieldKind kind)
{
    private const int Kept = 4;
    private const int LongestJump = 2;
    private const int MostDays = 14;
    private const double LeastCount = 10;

    /// <summary>Eight times: ten, but for what moved in the meantime.</summary>
    private static readonly double Tenfold = Math.Log(8);

    private static readonly double Back = Math.Log(1.3);

    private readonly List<(int Day, double Value)> past = new(Kept);

    public void Clear() => past.Clear();

    /// <summary>Takes the next value that is believed, and gives those before it that turn out to have been a jump.</summary>
    public IReadOnlyList<JumpedValue> Take(int day, double value)
    {
        if (kind == FieldKind.Percent || value <= 0)
        {
            past.Clear();
            return [];
        }

        IReadOnlyList<JumpedValue> jumped = [];
        for (var length = 1; length <= LongestJump && jumped.Count == 0; length++)
        {
            jumped = Find(day, value, length);
        }

        if (jumped.Count > 0)
        {
            past.RemoveRange(past.Count - jumped.Count, jumped.Count);
        }

        if (past.Count == Kept)
        {
            past.RemoveAt(0);
        }

        past.Add((day, value));
        return jumped;
    }

    private IReadOnlyList<JumpedValue> Find(int day, double value, int length)
    {
        var at = past.Count - length - 1;
        if (at < 0 || day - past[at].Day > MostDays || Math.Abs(Factor(value, past[at].Value)) > Back)
        {
            return [];
        }

        var before = past[at].Value;
        var between = past.GetRange(at + 1, length);
        return
            between.TrueForAll(other => Math.Abs(Factor(other.Value, before)) >= Tenfold)
            && (kind != FieldKind.Count || Math.Max(before, between.Max(other => other.Value)) >= LeastCount)
            ? [.. between.Select(other => new JumpedValue(other.Day, other.Value, Math.Min(before, value), Math.Max(before, value)))]
            : [];
    }

    private double Factor(double value, double before) =>
        kind == FieldKind.Count ? Math.Log((value + 1) / (before + 1)) : Math.Log(value / before);
}

/// <summary>A value that jumped.</summary>
/// <param name="Low">The lesser of the values before and after.</param>
/// <param name="High">The greater.</param>
internal sealed record JumpedValue(int Day, double Value, double Low, double High);
