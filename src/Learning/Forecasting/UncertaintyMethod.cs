namespace Tradepost.Learning.Forecasting;

/// <summary>How changes of the trend after the history are drawn.</summary>
public enum UncertaintyMethod
{
    /// <summary>A Poisson number of changes at uniform times: Prophet's definition.</summary>
    Simulated,

    /// <summary>At most one change in each future step, steps taken as even: what Prophet for Python does since 1.1.1.</summary>
    Vectorised,
}
