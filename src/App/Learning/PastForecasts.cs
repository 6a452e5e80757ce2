using Tradepost.Learning.Forecasting;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>The cross-validation that a command line asks for, in steps of the series: months go by the calendar.</summary>
internal static class PastForecasts
{
    public static CrossValidationRow[] Of(
        ForecastRequest request,
        ForecastInput input,
        ProphetModel model,
        CancellationToken cancellationToken
    )
    {
        var frequency = input.Frequency;
        var step = frequency.Step;
        return frequency.IsByCalendar
            ? CrossValidation.Run(
                model,
                input.History,
                Cutoffs(request, input, model),
                cutoff => frequency.Move(cutoff, request.Horizon),
                cancellationToken
            )
            : CrossValidation.Run(
                model,
                input.History,
                request.Horizon * step,
                request.Initial * step,
                request.Period * step,
                cancellationToken
            );
    }

    private static List<DateTime> Cutoffs(ForecastRequest request, ForecastInput input, ProphetModel model)
    {
        var frequency = input.Frequency;
        var longest = model.Seasonalities.Select(seasonality => seasonality.Period).DefaultIfEmpty().Max();
        var initial = request.Initial ?? Math.Max(3 * request.Horizon, (int)Math.Ceiling(longest / frequency.Step.TotalDays));
        var period = request.Period ?? Math.Max(1, request.Horizon / 2);
        var (first, last) = (model.HistoryTimes.Min(), model.HistoryTimes.Max());
        var earliest = frequency.Move(first, initial);
        var cutoffs = new List<DateTime>();
        for (var back = request.Horizon; frequency.Move(last, -back) is var cutoff && cutoff >= earliest; back += period)
        {
            cutoffs.Add(cutoff);
        }

        cutoffs.Reverse();
        return cutoffs.Count > 0
            ? cutoffs
            : throw new UsageException(
                $"The history from {first:yyyy-MM-dd} to {last:yyyy-MM-dd} is shorter than the {initial} steps of the first fit and the "
                    + $"{request.Horizon} of the horizon."
            );
    }
}
