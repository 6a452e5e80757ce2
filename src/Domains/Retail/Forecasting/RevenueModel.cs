using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Retail.Forecasting;

/// <summary>
/// What a version predicts with: the fitted model, and how wide its intervals must be for what cross-validation showed. A week is the sum of its
/// days; as their errors hang together, it has a width of its own.
/// </summary>
/// <param name="Prophet">The model, as the library writes it.</param>
/// <param name="DayFactor">What the half widths of the model's intervals are multiplied with.</param>
/// <param name="WeekHalfWidth">The half width of a week's interval; null when the horizon holds no week.</param>
internal sealed record RevenueModel(JsonNode Prophet, double DayFactor, double? WeekHalfWidth)
{
    private const int DaysOfWeek = 7;

    private static readonly JsonSerializerOptions Form = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    public static RevenueModel FromBytes(ReadOnlySpan<byte> artefact) =>
        JsonSerializer.Deserialize<RevenueModel>(artefact, Form)
        ?? throw new FormatException("The artefact is null; expected is a model of daily revenue.");

    /// <summary>Days from one on; nothing is below zero, as revenue is not.</summary>
    public IReadOnlyList<ForecastPeriod> PredictDays(DateOnly from, int days, CancellationToken cancellationToken)
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
    public IReadOnlyList<ForecastPeriod> SumWeeks(IReadOnlyList<ForecastPeriod> days) =>
        WeekHalfWidth is not { } width
            ? []
            :
            [
                .. days.Where((day, i) => day.Date.DayOfWeek == DayOfWeek.Monday && i + DaysOfWeek <= days.Count)
                    .Select(monday =>
                        Period(
                            monday.Date,
                            days.Where(day => day.Date >= monday.Date && day.Date < monday.Date.AddDays(DaysOfWeek)).Sum(day => day.Value),
                            width,
                            width
                        )
                    ),
            ];

    private static ForecastPeriod Period(DateOnly date, double value, double below, double above) =>
        new(date, Amount(value), Amount(value - below), Amount(value + above));

    private static double Amount(double value) => Math.Round(Math.Max(0, value), 2);
}
