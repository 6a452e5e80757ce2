using System.Text.Json.Nodes;
using Tradepost.Learning.Evaluation;
using Tradepost.Learning.Forecasting;
using Tradepost.Training.Ledger;

namespace Tradepost.Training.Backtests;

/// <summary>
/// Amounts by day and by week, none below zero, forecast by Prophet and judged beside repeating the week before (seasonal naive).
/// </summary>
public sealed record DailyForecast : Trainee<ProphetModel>
{
    private const int FewestCutoffs = 3;
    private const int MostCutoffs = 60;
    private const int FewestHorizons = 3;

    /// <summary>What predictions of days are about.</summary>
    public required string ByDay { get; init; }

    /// <summary>What predictions of weeks are about.</summary>
    public required string ByWeek { get; init; }

    /// <summary>The amounts of the past.</summary>
    public required DailySeries History { get; init; }

    /// <summary>What the model is made of.</summary>
    public required DailySettings Settings { get; init; }

    /// <inheritdoc/>
    public override string Kind => "prophet";

    /// <inheritdoc/>
    public override string Baseline => "repeating last week";

    /// <inheritdoc/>
    public override JsonObject Parameters => Settings.ToParameters();

    /// <inheritdoc/>
    public override DateTime TrainedFrom => History.From.ToDateTime(TimeOnly.MinValue);

    /// <inheritdoc/>
    public override DateTime TrainedTo => History.Until.ToDateTime(TimeOnly.MinValue);

    /// <inheritdoc/>
    public override long Rows => History.Values.Length;

    /// <inheritdoc/>
    public override string Fingerprint => History.Fingerprint;

    /// <inheritdoc/>
    public override Trainee<ProphetModel> With(JsonObject parameters) => this with { Settings = Settings.With(parameters) };

    /// <inheritdoc/>
    public override ProphetModel Fit(CancellationToken cancellationToken) =>
        Prophet.Fit(
            new ProphetOptions
            {
                ChangepointPriorScale = Settings.ChangepointPriorScale,
                SeasonalityPriorScale = Settings.SeasonalityPriorScale,
                SeasonalityMode = Settings.SeasonalityMode,
                IntervalWidth = Settings.IntervalWidth,
            },
            History.Series,
            cancellationToken
        );

    /// <inheritdoc/>
    public override Backtest Judge(ProphetModel fitted, CancellationToken cancellationToken)
    {
        var longest = fitted.Seasonalities.Select(seasonality => seasonality.Period).DefaultIfEmpty().Max();
        var initial = (int)Math.Ceiling(Math.Max(FewestHorizons * Settings.Horizon, longest));
        var spare = History.Values.Length - 1 - Settings.Horizon - initial;
        var period = Math.Max(Math.Max(Settings.Horizon / 2, 1), (spare / MostCutoffs) + 1);
        var missing = ((Fewest - 1) * Math.Max(Settings.Horizon / 2, 1)) - spare;
        if (missing > 0)
        {
            throw new ShortHistoryException(History.Values.Length, missing);
        }

        var rows = CrossValidation.Run(
            fitted,
            History.Series,
            TimeSpan.FromDays(Settings.Horizon),
            TimeSpan.FromDays(initial),
            TimeSpan.FromDays(period),
            cancellationToken
        );
        return new Backtest(
            new BacktestRules
            {
                IntervalWidth = Settings.IntervalWidth,
                Scale = RegressionMetrics.Mae(History.Values.AsSpan(DailySeries.Week), History.Values.AsSpan(..^DailySeries.Week)),
                Least = 0,
                SumLength = DailySeries.Week,
                SumName = "week",
            },
            rows,
            [.. rows.Select(Naive)]
        );
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Save(ProphetModel fitted, Backtest backtest) =>
        new DailyModel(JsonNode.Parse(fitted.ToJson())!, backtest.Factor, backtest.SumHalfWidth).ToBytes();

    /// <inheritdoc/>
    public override IReadOnlyList<NewPrediction> Predict(ReadOnlyMemory<byte> artefact, CancellationToken cancellationToken)
    {
        var model = DailyModel.FromBytes(artefact.Span);
        var days = model.PredictDays(History.Until, Settings.Horizon, cancellationToken);
        return [.. days.Select(day => Row(day, ByDay)), .. model.SumWeeks(days).Select(week => Row(week, ByWeek))];

        NewPrediction Row(DailyPeriod period, string entity) =>
            new()
            {
                Entity = entity,
                Horizon = $"{period.Date.DayNumber - History.Until.DayNumber + 1}d",
                MadeFor = period.Date.ToDateTime(TimeOnly.MinValue),
                Value = period.Value,
                Lower = period.Lower,
                Upper = period.Upper,
            };
    }

    /// <inheritdoc/>
    public override IEnumerable<(string Entity, IReadOnlyCollection<KeyValuePair<DateTime, double>> Values)> Outcomes() =>
        [(ByDay, History.Days()), (ByWeek, History.Weeks())];

    // Each cutoff's interval is learned on the others, of which there must be enough for a quantile.
    private int Fewest =>
        Math.Max(FewestCutoffs, 2 + (int)Math.Ceiling(Settings.IntervalWidth / (1 - Settings.IntervalWidth) / Settings.Horizon));

    private double Naive(CrossValidationRow row)
    {
        var cutoff = DateOnly.FromDateTime(row.Cutoff).DayNumber - History.From.DayNumber;
        var ahead = (int)row.Horizon.TotalDays;
        return History.Values[cutoff + ahead - (DailySeries.Week * ((ahead + DailySeries.Week - 1) / DailySeries.Week))];
    }
}
