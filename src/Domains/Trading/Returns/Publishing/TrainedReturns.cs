using System.Text.Json.Serialization;
using Tradepost.Trading.Returns.Figures;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>A model of one symbol, judged on the past.</summary>
public sealed record TrainedReturns
{
    public required string Name { get; init; }

    public required string Symbol { get; init; }

    public required int Horizon { get; init; }

    /// <summary>The registry's version; null for baselines, which are not registered.</summary>
    public required int? Version { get; init; }

    public required int N { get; init; }

    public required double Rmse { get; init; }

    public required double RmseZero { get; init; }

    public required double? R2Zero { get; init; }

    public required double? DirectionalAccuracy { get; init; }

    public required double? UpShare { get; init; }

    public required double? Ic { get; init; }

    public required double? RankIc { get; init; }

    public required double? SharpeGross { get; init; }

    public required double? SharpeNet { get; init; }

    public required double? Turnover { get; init; }

    [JsonPropertyName("coverage_80")]
    public required double? Coverage80 { get; init; }

    /// <summary>All figures.</summary>
    public required ReturnFigures Figures { get; init; }

    internal static TrainedReturns Of(JudgedModel model, int? version) =>
        new()
        {
            Name = model.Name.ToString(),
            Symbol = model.Walk.Series.Symbol,
            Horizon = model.Walk.Horizon,
            Version = version,
            N = model.Figures.N,
            Rmse = model.Figures.Rmse,
            RmseZero = model.Figures.RmseZero,
            R2Zero = model.Figures.R2Zero,
            DirectionalAccuracy = model.Figures.DirectionalAccuracy,
            UpShare = model.Figures.UpShare,
            Ic = model.Figures.Ic,
            RankIc = model.Figures.RankIc,
            SharpeGross = model.Figures.SharpeGross,
            SharpeNet = model.Figures.SharpeNet,
            Turnover = model.Figures.Turnover,
            Coverage80 = model.Figures.Coverage80,
            Figures = model.Figures,
        };
}
