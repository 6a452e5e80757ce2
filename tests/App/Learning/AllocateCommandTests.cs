using Tradepost.App.Learning.Budgets;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Numerics;
using Tradepost.Serving.Commands;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Learning;

public sealed class AllocateCommandTests : IDisposable
{
    private const string Problem = """
        {"budget": 200, "step": 0.01, "channels": [
          {"name": "search", "curve": "hill", "beta": 100, "kappa": 50, "alpha": 1, "lower": 0, "upper": 70, "current": 60},
          {"name": "social", "curve": "hill", "beta": 80, "kappa": 30, "alpha": 1, "lower": 0, "upper": null, "current": 60},
          {"name": "video", "curve": "hill", "beta": 60, "kappa": 80, "alpha": 1, "current": "80.00"}
        ]}
        """;

    private readonly TemporaryFolder folder = new();

    private TradepostProcess Tradepost => new(folder.Path);

    [Fact]
    public async Task A_problem_in_a_file_becomes_a_plan_with_its_certificate()
    {
        File.WriteAllText(Path.Combine(folder.Path, "problem.json"), Problem);

        var plan = await Tradepost.RunJsonAsync("allocate", "problem.json");

        plan.EnumerateObject().Select(field => field.Name).ShouldBe(["channels", "value", "current_value", "lambda", "gap", "optimal"]);
        var channels = plan.GetProperty("channels").EnumerateArray().ToList();
        channels[0].EnumerateObject().Select(field => field.Name).ShouldBe(["name", "amount", "value", "marginal", "held_by"]);
        channels.Select(one => one.GetProperty("name").GetString()).ShouldBe(["search", "social", "video"]);
        channels.Select(one => one.GetProperty("held_by").GetString()).ShouldBe(["upper", "none", "none"]);
        channels.Select(one => one.GetProperty("amount").GetDecimal()).ShouldBe([70m, 69.41m, 60.59m]);
        plan.GetProperty("value").GetDouble().ShouldBe(140.0490620859, 1e-6);
        plan.GetProperty("lambda").GetDouble().ShouldBe(0.2428511302, 1e-4);
        plan.GetProperty("gap").GetDouble().ShouldBe(0);
        plan.GetProperty("optimal").GetBoolean().ShouldBeTrue();
        plan.GetProperty("current_value").GetDouble().ShouldBeLessThan(140);
    }

    [Fact]
    public async Task A_problem_on_standard_input_is_shown_as_tables_with_what_would_change_the_plan()
    {
        using var process = Tradepost.StartWithInput("allocate", "-");
        await process.StandardInput.WriteAsync(Problem);
        process.StandardInput.Close();

        var shown = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        process.ExitCode.ShouldBe(0);
        shown.ShouldContain("69.41");
        shown.ShouldContain("upper bound");
        shown.ShouldContain("this one is optimal");
        shown.ShouldContain("what would change this plan");
    }

    [Fact]
    public async Task A_problem_without_a_solution_ends_with_1_and_the_name_of_the_constraint()
    {
        File.WriteAllText(
            Path.Combine(folder.Path, "problem.json"),
            Problem.Replace("\"budget\": 200", "\"budget\": 200, \"max_change\": 0.0001")
        );
        File.WriteAllText(
            Path.Combine(folder.Path, "other.json"),
            Problem.Replace("\"upper\": null", "\"upper\": 1").Replace("80, \"alpha\": 1", "80, \"alpha\": 1, \"upper\": 3")
        );

        var held = await Tradepost.RunJsonAsync("allocate", "problem.json", "--explain");
        var result = await Tradepost.RunAsync("allocate", "other.json", "--json");

        held.GetProperty("bounds").EnumerateArray().ShouldContain(one => one.GetProperty("constraint").GetString() == "max_change");
        result.ExitCode.ShouldBe(1);
        result.Output.ShouldContain("other.json: The greatest amounts of channels and groups add up to 74, less than the budget of 200.");
        result.Output.ShouldContain("\"constraint\":\"upper\"");
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_wrong_usage()
    {
        var result = await Tradepost.RunAsync("allocate", "none.json");

        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain("There is no file none.json.");
    }

    [Theory]
    [InlineData("", "p.json, line 1: ")]
    [InlineData("[]", "p.json: the problem is a list; expected is an object.")]
    [InlineData("""{"channels": []}""", "p.json: the problem lacks budget.")]
    [InlineData("""{"budget": 1}""", "p.json: the problem lacks channels.")]
    [InlineData("""{"budget": 1, "budget": 2}""", "p.json, the name budget comes twice.")]
    [InlineData("""{"budget": NaN}""", "p.json, line 1: ")]
    [InlineData("""{"budget": 1, "chanels": []}""", "p.json: the problem has no field 'chanels'; did you mean 'channels'?")]
    [InlineData("""{"budget": true, "channels": []}""", "p.json: budget is true; expected is a number.")]
    [InlineData("""{"budget": 1e40, "channels": []}""", "p.json: budget is 1e40; expected is a number of at most 28 digits.")]
    [InlineData("""{"budget": 1, "channels": [3]}""", "p.json: channels[0] is 3; expected is an object.")]
    [InlineData("""{"budget": 1, "channels": {}}""", "p.json: channels is an object; expected is a list.")]
    [InlineData("""{"budget": 1, "channels": [{"name": 7}]}""", "p.json: channels[0].name is 7; expected is a text.")]
    [InlineData(
        """{"budget": 1, "channels": [{"name": "a", "curve": "cubic"}]}""",
        "p.json: channels[0].curve is 'cubic'; expected is hill, log or power."
    )]
    [InlineData("""{"budget": 1, "channels": [{"name": "a", "curve": "log", "beta": 1}]}""", "p.json: channels[0] lacks kappa.")]
    [InlineData(
        """{"budget": 1, "channels": [{"name": "a", "curve": "power", "beta": 1, "alpha": -1}]}""",
        "p.json: channels[0].alpha is -1; expected is a number from 0.01 to 100."
    )]
    [InlineData(
        """{"budget": 1, "channels": [{"name": "a", "curve": "power", "beta": 1e999, "alpha": 1}]}""",
        "p.json: channels[0].beta is 1e999; expected is a number."
    )]
    [InlineData(
        """{"budget": 1, "channels": [{"name": "a", "curve": "power", "beta": 1, "alpha": 1, "adstock": 1}]}""",
        "p.json: channels[0].adstock is 1; expected is at least 0 and below 1."
    )]
    [InlineData("""{"budget": 1, "channels": [], "target": {}}""", "p.json: target is empty; expected is one of cpa and roas.")]
    public void What_is_wrong_with_a_problem_is_said_with_its_place(string text, string message) =>
        Should.Throw<UsageException>(() => AllocationFile.Parse(text, "p.json")).Message.ShouldStartWith(message);

    [Fact]
    public void Whatever_is_in_a_file_the_answer_is_a_problem_or_one_sentence()
    {
        var random = new RandomStream(2);
        for (var i = 0; i < 3000; i++)
        {
            var text = Problem.ToCharArray();
            for (var change = 0; change <= random.NextInt(3); change++)
            {
                text[random.NextInt(text.Length)] = "{}[]\",:0-19e.nz "[random.NextInt(16)];
            }

            try
            {
                Solve(new string(text));
            }
            catch (Exception e) when (e is UsageException or ArgumentException or InfeasibleBudgetException)
            {
                e.Message.ShouldNotBeEmpty();
                e.Message.ShouldNotContain("Tradepost.");
            }
        }
    }

    [Fact]
    public void Every_field_of_a_problem_is_in_the_documentation()
    {
        var page = File.ReadAllText(RepositoryRoot.Combine("docs/budgets.md"));

        foreach (
            var name in (string[])["budget", "step", "groups", "max_change", "target", "adstock", "lower", "upper", "current", "held_by"]
        )
        {
            page.ShouldContain($"`{name}`");
        }
    }

    public void Dispose() => folder.Dispose();

    private static void Solve(string text) =>
        BudgetAllocator.Allocate(AllocationFile.Parse(text, "p.json"), TestContext.Current.CancellationToken);
}
