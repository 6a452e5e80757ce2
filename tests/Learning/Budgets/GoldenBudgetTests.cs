using System.Text.Json;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;
using Tradepost.Tests.Support;

namespace Tradepost.Learning.Tests.Budgets;

/// <summary>Problems whose exact solutions were computed elsewhere.</summary>
public sealed class GoldenBudgetTests
{
    private const double Tolerance = 1e-8;

    private static JsonElement Golden =>
        JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(SharedData.Path("data/advertising/budget/golden.json")));

    [Fact]
    public void Concave_problems_have_the_known_amounts_price_and_value()
    {
        foreach (var golden in Golden.GetProperty("concave").EnumerateArray())
        {
            var plan = BudgetAllocator.Allocate(Read(golden), TestContext.Current.CancellationToken);

            var x = Numbers(golden, "x");
            for (var i = 0; i < x.Length; i++)
            {
                ((double)plan.Channels[i].Amount).ShouldBe(x[i], Tolerance);
            }

            plan.Lambda.ShouldBe(golden.GetProperty("lambda").GetDouble(), Tolerance);
            plan.Value.ShouldBe(golden.GetProperty("objective").GetDouble(), Tolerance);
            plan.Gap.ShouldBe(0);
            plan.IsOptimal.ShouldBeTrue();
        }
    }

    [Fact]
    public void S_shaped_problems_have_the_known_value()
    {
        foreach (var golden in Golden.GetProperty("s_shaped").EnumerateArray())
        {
            var plan = BudgetAllocator.Allocate(Read(golden), TestContext.Current.CancellationToken);

            plan.Value.ShouldBe(golden.GetProperty("best_objective").GetDouble(), Tolerance);
            plan.IsOptimal.ShouldBeTrue();
            plan.Channels.Select(one => (double)one.Amount)
                .OrderDescending()
                .ShouldBe(Numbers(golden, "best_x").OrderDescending(), Tolerance);
        }
    }

    [Fact]
    public void What_holds_a_channel_is_told()
    {
        var held = Golden
            .GetProperty("concave")
            .EnumerateArray()
            .Select(golden => BudgetAllocator.Allocate(Read(golden), TestContext.Current.CancellationToken))
            .Select(plan => string.Join(' ', plan.Channels.Select(one => one.HeldBy)));

        held.ShouldBe(["None None None", "Upper None None", "None None Lower"]);
    }

    private static BudgetProblem Read(JsonElement golden)
    {
        var (beta, kappa, alpha) = (Numbers(golden, "beta"), Numbers(golden, "kappa"), Numbers(golden, "alpha"));
        var hasBounds = golden.TryGetProperty("hi", out var upper);
        return new BudgetProblem
        {
            Budget = golden.GetProperty("budget").GetDecimal(),
            Channels =
            [
                .. beta.Select(
                    (value, i) =>
                        new BudgetChannel
                        {
                            Name = $"c{i}",
                            Curve = ResponseCurve.Hill(value, kappa[i], alpha[i]),
                            Upper = hasBounds && upper[i].ValueKind == JsonValueKind.Number ? upper[i].GetDecimal() : null,
                        }
                ),
            ],
        };
    }

    private static double[] Numbers(JsonElement golden, string name) =>
        [.. golden.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];
}
