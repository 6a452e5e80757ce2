using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Training.Backtests;

/// <summary>
/// What a version predicts with: the fitted model, and how wide its intervals must be for what cross-validation showed. A week is the sum
/// of its days; as their errors hang together, it has a width of its own.
/// </summary>
/// <param name="Prophet">The model, as the library writes it.</param>
/// <param name="DayFactor">What the half widths of the model's intervals are multiplied with.</param>
/// <param name="WeekHalfWidth">The half width of a week's interval; null when the horizon holds no week.</param>
internal sealed record DailyModel(JsonNode Prophet, double DayFactor, double? WeekHalfWidth)
{
    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    public static DailyModel FromBytes(ReadOnlySpan<byte> artefact) =>
        JsonSerializer.Deserialize<DailyModel>(artefact, Form)
        ?? throw new FormatException("The artefact is null; expected is a model of daily amounts.");

    /// <summary>Days from one on; nothing is below zero, as amounts are not.</summary>
    public IReadOnlyList<DailyPeriod> PredictDays(DateOnly from, int days, CancellationToken cancellationToken)
    {
        var model = ProphetModel.FromJson(Prophet.ToJsonString());
        var forecast = model.Predict(
            new TimeSeries { Times = [.. Enumerable.Range(0, days).Select(i => from.AddDays(i).ToDateTime(TimeOnly.MinValue))] },
            cancellationToken
        );
        return
        [
            .. forecast.Yhat.Select(
                (value, i) =>
                    Period(
                        from.AddDays(i),
                        value,
                        DayFactor * (value - forecast.YhatLower![i]),
                        DayFactor * (forecast.YhatUpper![i] - value)
                    )
            ),
        ];
    }

    /// <summary>The whole weeks, from Monday to Sunday, among days that follow one another.</summary>
    public IReadOnlyList<DailyPeriod> SumWeeks(IReadOnlyList<DailyPeriod> days) =>
        WeekHalfWidth is not { } width
            ? []
            :
            [
                .. days.Where((day, i) => day.Date.DayOfWeek == DayOfWeek.Monday && i + DailySeries.Week <= days.Count)
                    .Select(monday =>
                        Period(
                            monday.Date,
                            days.Where(day => day.Date >= monday.Date && day.Date < monday.Date.AddDays(DailySeries.Week))
                                .Sum(day => day.Value),
                            width,
                            width
                        )
                    ),
            ];

    private static DailyPeriod Period(DateOnly date, double value, double below, double above) =>
        new(date, Amount(value), Amount(value - below), Amount(value + above));

    private static double Amount(double value) => Math.Round(Math.Max(0, value), 2);
}

/// <summary>The amount predicted for a day or a week.</summary>
/// <param name="Date">Its first day.</param>
internal sealed record DailyPeriod(DateOnly Date, double Value, double Lower, double Upper);
