namespace Tradepost.Learning.Budgets.Fitting;

/// <summary>What series and options have to be.</summary>
internal static class ResponseRules
{
    private const int Spare = 10;
    private const int FewestDraws = 50;
    private const int FewestSteps = 500;

    public static void Check(ResponseSeries series, ResponseFitOptions options)
    {
        var periods = series.Response.Count;
        Require(series.Spending.Count > 0, "There are no channels; expected is the spending of at least one.");
        var fewest = series.Spending.Count + series.Controls.Count + 1 + Spare;
        Require(periods >= fewest, $"There are {periods} periods; a fit of these channels and controls needs at least {fewest}.");
        Finite(series.Response, "The response", double.MinValue);
        for (var i = 0; i < series.Spending.Count; i++)
        {
            Require(
                series.Spending[i].Count == periods,
                $"There are {periods} periods and {series.Spending[i].Count} amounts of channel {i}."
            );
            Finite(series.Spending[i], $"The spending on channel {i}", 0);
            Require(series.Spending[i].Any(amount => amount > 0), $"Nothing was ever spent on channel {i}.");
        }

        for (var i = 0; i < series.Controls.Count; i++)
        {
            Require(
                series.Controls[i].Count == periods,
                $"There are {periods} periods and {series.Controls[i].Count} values of control {i}."
            );
            Finite(series.Controls[i], $"Control {i}", double.MinValue);
        }

        Require(options.Draws >= FewestDraws, $"draws is {options.Draws}; expected are at least {FewestDraws}.");
        Require(options.Thinning >= 1, $"thinning is {options.Thinning}; expected is at least 1.");
        Require(options.WarmUp >= FewestSteps, $"warm_up is {options.WarmUp}; expected are at least {FewestSteps} steps.");
    }

    private static void Finite(IReadOnlyList<double> values, string what, double least)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Require(
                double.IsFinite(values[i]) && values[i] >= least,
                $"{what} is {values[i]} in period {i}; expected is a number{(least == 0 ? " of 0 or more" : "")}."
            );
        }
    }

    private static void Require(bool isKept, string otherwise, string argument = "series")
    {
        if (!isKept)
        {
            throw new ArgumentException(otherwise, argument);
        }
    }
}
