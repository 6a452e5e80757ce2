namespace Tradepost.Learning.Clicks.Training;

/// <summary>What becomes of the learning rate while training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It is a tenth after every epoch that brings no improvement, and never under a thousandth of what it was.</summary>
    Plateau,

    /// <summary>It falls in equal steps to nothing at the end of the last epoch.</summary>
    Linear,
}
