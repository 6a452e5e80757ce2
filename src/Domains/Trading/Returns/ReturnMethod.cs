namespace Tradepost.Trading.Returns;

/// <summary>How returns are forecast; the first three are what anybody could do instead.</summary>
public enum ReturnMethod
{
    /// <summary>No change.</summary>
    Zero,

    /// <summary>The mean return of the training rows.</summary>
    Mean,

    /// <summary>The return of the last hours again, as many as are forecast.</summary>
    Persistence,
    LinearRegression,
    Ridge,
    Lasso,
    ElasticNet,
    RandomForest,
    GradientBoosting,
}
