namespace Tradepost.Learning.Anomalies;

/// <summary>What an expected value is taken from: whichever was nearest to the values so far.</summary>
public enum Season
{
    /// <summary>The level of the last values.</summary>
    None,

    /// <summary>What is usual at this time of the day.</summary>
    Day,

    /// <summary>What is usual at this time of the week.</summary>
    Week,
}
