namespace Tradepost.Learning.Clicks.Encoding;

/// <summary>A column that a click model reads.</summary>
public sealed record ClickField
{
    /// <summary>The column's name.</summary>
    public required string Name { get; init; }

    /// <summary>How its texts become ids.</summary>
    public FieldKind Kind { get; init; }

    /// <summary>Values in fewer training rows share one id; null for the model's <c>MinCount</c>. 1 or more.</summary>
    public int? MinCount { get; init; }

    /// <summary>Buckets of a <see cref="FieldKind.Bucketised"/> field, at most. 2 to 10,000.</summary>
    public int Buckets { get; init; } = 50;

    /// <summary>What stands between the values of a <see cref="FieldKind.MultiValued"/> field.</summary>
    public char Separator { get; init; } = '|';

    /// <summary>How many values of a <see cref="FieldKind.MultiValued"/> field are used, the first ones. 1 to 1,000.</summary>
    public int MaxValues { get; init; } = 16;
}
