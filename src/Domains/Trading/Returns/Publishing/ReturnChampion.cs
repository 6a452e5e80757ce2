using System.Globalization;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>The model that forecast a symbol with the least error at a horizon, of those that learn.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Horizon">Hours ahead.</param>
/// <param name="Model">Its name.</param>
/// <param name="Version">The version that was trained when it was chosen.</param>
/// <param name="Rmse">Root of its mean squared error over the walk.</param>
/// <param name="RmseZero">That of forecasting no change.</param>
/// <param name="BeatsZero">Whether it is better than that.</param>
public sealed record ReturnChampion(string Symbol, int Horizon, string Model, int Version, double Rmse, double RmseZero, bool BeatsZero)
{
    /// <summary>What that means, in a sentence.</summary>
    public string Note =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Symbol} {Horizon} hours ahead: {Model} has an error of {Rmse:0.000000} where no change has {RmseZero:0.000000}{(BeatsZero ? "" : "; nothing beats forecasting no change")}."
        );

    /// <summary>The rule: the least error, and the first in the order of methods where two are the same.</summary>
    /// <param name="models">Of one symbol and horizon; those that learn count.</param>
    /// <param name="version">The registered version of each.</param>
    internal static ReturnChampion? Of(IEnumerable<JudgedModel> models, Func<JudgedModel, int> version) =>
        models
            .Where(model => ReturnModelName.Learned.Contains(model.Method))
            .OrderBy(model => model.Figures.Rmse)
            .ThenBy(model => model.Method)
            .FirstOrDefault()
            is { } best
            ? new ReturnChampion(
                best.Walk.Series.Symbol,
                best.Walk.Horizon,
                best.Name.ToString(),
                version(best),
                best.Figures.Rmse,
                best.Figures.RmseZero,
                best.Figures.Rmse < best.Figures.RmseZero
            )
            : null;
}
