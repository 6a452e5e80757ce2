namespace Tradepost.Trading.Returns.Publishing;

/// <summary>How much is trained at once.</summary>
public enum TrainMode
{
    /// <summary>Everything that is named, or that there is.</summary>
    Batch,

    /// <summary>One model of one symbol at one horizon.</summary>
    Single,
}
