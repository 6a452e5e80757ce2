namespace Tradepost.Marketplace.Sales;

/// <summary>How well sales of so many days were estimated, beside what is simplest.</summary>
/// <param name="HorizonDays">Days of the sales.</param>
/// <param name="IsForecast">Whether they were estimated before they were made, rather than from the reviews up to their end.</param>
/// <param name="Windows">Known sales that were estimated.</param>
/// <param name="Model">The estimates.</param>
/// <param name="LastMonth">Sales of the newest window of as many days before, again.</param>
/// <param name="Constant">New reviews times one constant.</param>
public sealed record HorizonFigures(
    int HorizonDays,
    bool IsForecast,
    int Windows,
    EstimateFigures Model,
    EstimateFigures LastMonth,
    EstimateFigures Constant
)
{
    internal static HorizonFigures Of(IReadOnlyCollection<JudgedCase> cases, int days, bool isForecast) =>
        new(
            days,
            isForecast,
            cases.Count,
            EstimateFigures.Of(cases, one => one.Estimate, hasBounds: true),
            EstimateFigures.Of(cases, one => one.LastMonth),
            EstimateFigures.Of(cases, one => one.Constant)
        );
}
