using Tradepost.Learning.Budgets.Curves;

namespace Tradepost.Learning.Tests.Budgets;

public sealed class ResponseCurveTests
{
    private static readonly ResponseCurve[] Curves =
    [
        ResponseCurve.Hill(100, 50, 1),
        ResponseCurve.Hill(100, 50, 0.1),
        ResponseCurve.Hill(100, 50, 0.999),
        ResponseCurve.Hill(100, 50, 1.001),
        ResponseCurve.Hill(100, 50, 3),
        ResponseCurve.Hill(1e-6, 1e9, 20),
        ResponseCurve.Log(7, 0.001),
        ResponseCurve.Log(7, 1e9),
        ResponseCurve.Power(3, 0.4),
        ResponseCurve.Power(3, 1.5),
    ];

    [Fact]
    public void Values_are_those_of_the_formulas()
    {
        ResponseCurve.Hill(100, 50, 3).Value(30).ShouldBe(100 * 27_000 / (27_000.0 + 125_000), 1e-12);
        ResponseCurve.Log(7, 2).Value(6).ShouldBe(7 * Math.Log(4), 1e-12);
        ResponseCurve.Power(3, 0.5).Value(16).ShouldBe(12, 1e-12);
        Curves.ShouldAllBe(curve => curve.Value(0) == 0);
    }

    [Fact]
    public void The_derivative_is_what_a_little_more_brings_and_gains_add_up()
    {
        foreach (var curve in Curves)
        {
            foreach (var amount in (double[])[1e-3, 0.7, 40, 5e4, 2e9])
            {
                curve
                    .Gain(amount, 1e-7 * amount)
                    .ShouldBe(1e-7 * amount * curve.Marginal(amount), 1e-5 * curve.Gain(amount, 1e-7 * amount));
                (curve.Value(amount) + curve.Gain(amount, 3 * amount)).ShouldBe(curve.Value(4 * amount), 1e-13 * curve.Value(4 * amount));
            }
        }
    }

    [Fact]
    public void The_amount_at_a_price_lies_on_the_concave_part_and_has_that_derivative()
    {
        foreach (var curve in Curves.Where(curve => double.IsFinite(curve.Inflexion)))
        {
            foreach (var factor in (double[])[1.0001, 1.5, 10, 1e4])
            {
                var amount = Math.Max(curve.Inflexion, 1e-3) * factor;

                curve.AmountAt(curve.Marginal(amount)).ShouldBe(amount, 1e-6 * (amount + curve.Kappa));
            }

            curve.AmountAt(2 * curve.Marginal(Math.Max(curve.Inflexion, 1e-300))).ShouldBe(curve.Inflexion, 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(35)]
    public void A_line_from_the_convex_part_touches_the_curve(double from)
    {
        var curve = ResponseCurve.Hill(100, 50, 3);

        var at = curve.Touching(from);

        at.ShouldBeGreaterThan(curve.Inflexion);
        (curve.Gain(from, at - from) / (at - from)).ShouldBe(curve.Marginal(at), 1e-9);
    }

    [Fact]
    public void Steady_spending_works_as_the_series_of_it_does_in_the_end()
    {
        var spending = Enumerable.Repeat(30.0, 200).ToArray();
        Adstock.Apply(spending, 0.6);

        foreach (var curve in Curves)
        {
            curve.Steady(0.6).Value(30).ShouldBe(curve.Value(spending[^1]), 1e-9 * curve.Value(spending[^1]));
        }
    }

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, double.PositiveInfinity, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1000)]
    public void Parameters_out_of_their_range_are_refused(double beta, double kappa, double alpha) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ResponseCurve.Hill(beta, kappa, alpha));
}
