namespace Tradepost.Retail.Forecasting;

/// <summary>The length of the periods that revenue is forecast for.</summary>
public enum ForecastStep
{
    Day,

    /// <summary>From Monday to Sunday.</summary>
    Week,
}
