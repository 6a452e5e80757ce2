namespace Tradepost.Learning.Regression.Trees;

/// <summary>A node of a tree that grows: its rows are a stretch of the list of rows.</summary>
internal sealed class GrowingNode
{
    /// <summary>About how large it is with its split, for estimates.</summary>
    public const int Bytes = 160;

    public required int Start { get; init; }

    public required int Count { get; init; }

    public required int Depth { get; init; }

    /// <summary>Packed, over its rows.</summary>
    public required long Sum { get; init; }

    public Split Best { get; set; } = Split.None;

    public long[]? Histogram { get; set; }

    /// <summary>How much more than asked for a side must weigh, because an estimate of its rows was too high.</summary>
    public double Caution { get; set; } = 1;

    public GrowingNode? Left { get; set; }

    public GrowingNode? Right { get; set; }

    /// <summary>What a leaf adds to a prediction.</summary>
    public double Value { get; set; }

    public bool IsLeaf => Left is null;
}
