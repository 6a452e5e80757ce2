using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Tradepost.App.Tables;
using Tradepost.Learning.Anomalies;
using Tradepost.Learning.Forecasting;
using Tradepost.Serving.Callers;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Errors;
using Tradepost.Serving.OpenApi;
using Tradepost.Serving.Requests;

namespace Tradepost.App.Learning;

/// <summary>The models on a CSV text that is sent: what <c>forecast</c> and <c>detect</c> do with a file. Nothing of it is kept.</summary>
internal static class LearningEndpoints
{
    private const string Sent = "the CSV text";
    private const int MostRows = 20_000;

    public static void MapLearning(this IEndpointRouteBuilder routes)
    {
        var learning = routes.MapGroup("/api/v1/learning");
        learning
            .MapPost("/forecast", ForecastAsync)
            .ForAnalysts(RateClass.Query)
            .Describe(
                "learning",
                "Forecast a series",
                "Fits Prophet's model to the text and gives its forecast of past and future rows, with what each part contributes."
            )
            .Example("""{"csv": "ds,y\n2026-01-01,1\n2026-01-02,2\n2026-01-03,3\n", "horizon": 2}""");
        learning
            .MapPost("/detect", DetectAsync)
            .ForAnalysts(RateClass.Query)
            .Describe("learning", "Find the anomalies of a series", "Judges each row by those before it.")
            .Example("""{"csv": "timestamp,value\n2026-01-01,1\n2026-01-02,2\n", "time": "timestamp", "value": "value"}""");
    }

    private static async Task<Ok<SeriesForecast>> ForecastAsync(Body<ForecastText> body, CancellationToken cancellationToken)
    {
        var asked = body.Value;
        try
        {
            return TypedResults.Ok(await Task.Run(() => Forecast(asked, cancellationToken), cancellationToken));
        }
        catch (ArgumentException e)
        {
            throw new ApiException(422, Sentences.Of(e));
        }
    }

    private static SeriesForecast Forecast(ForecastText asked, CancellationToken cancellationToken)
    {
        var input = ForecastInput.Read(
            new ForecastRequest
            {
                File = Sent,
                Text = asked.Csv,
                Form = asked.Form(),
                Time = asked.Time,
                Value = asked.Value,
                Horizon = asked.Horizon,
                Frequency = asked.Frequency,
            }
        );
        Check(input.History.Times.Length);
        var model = Prophet.Fit(input.Options, input.History, cancellationToken);
        return SeriesForecast.Of(model, input, model.Predict(input.Rows, cancellationToken));
    }

    private static async Task<Ok<SeriesAnomalies>> DetectAsync(Body<DetectText> body, CancellationToken cancellationToken)
    {
        var asked = body.Value;
        return TypedResults.Ok(await Task.Run(() => Detect(asked, cancellationToken), cancellationToken));
    }

    private static SeriesAnomalies Detect(DetectText asked, CancellationToken cancellationToken)
    {
        var table = CsvTable.OfText(Sent, asked.Csv, asked.Form());
        Check(table.Count);
        var input = DetectInput.Of(table, asked.Time, asked.Value);
        return SeriesAnomalies.Of(OnlineDetector.Detect(input.Series, null, cancellationToken), input);
    }

    private static void Check(int rows)
    {
        if (rows is 0 or > MostRows)
        {
            throw new UsageException(
                $"{Sent} has {(rows == 0 ? "no rows below its header" : $"{rows} rows; over HTTP {MostRows} are possible, and the command line takes any number")}."
            );
        }
    }
}

internal sealed record DetectText : SeriesText;

internal sealed record ForecastText : SeriesText
{
    [Description("Steps to forecast.")]
    [Range(0, 1000)]
    public int Horizon { get; init; } = 30;

    [Description("How far apart steps are: S, min, H, D, W, M, Q or Y, also 15min; by default as in the text.")]
    public string? Frequency { get; init; }
}
