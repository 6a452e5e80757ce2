using System.ComponentModel;
using Tradepost.Retail.Forecasting;

namespace Tradepost.App.Api.Retail;

internal sealed record ForecastQuery
{
    [Description("The length of the periods.")]
    public ForecastStep By { get; init; }
}
