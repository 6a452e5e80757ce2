using System.Text.Json;
using Tradepost.Learning;
using Tradepost.Learning.Budgets;
using Tradepost.Learning.Budgets.Curves;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning.Budgets;

/// <summary>A budget problem as JSON; docs/budgets.md lists its fields.</summary>
internal static class AllocationFile
{
    // A name that comes twice is told while the text is read.
    private static readonly JsonDocumentOptions Plain = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a problem.</summary>
    /// <param name="text">JSON.</param>
    /// <param name="source">What messages call it.</param>
    /// <exception cref="UsageException">It is no problem; the message names the line or the field.</exception>
    public static BudgetProblem Parse(string text, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Plain);
            var root = new JsonFields(source, "", document.RootElement);
            root.Allow("budget", "channels", "step", "groups", "max_change", "target");
            var step = root.FindMoney("step");
            return new BudgetProblem
            {
                Budget = root.Money("budget"),
                Channels = [.. root.List("channels").Select(Channel)],
                Step = step == 0 ? null : step,
                Groups = [.. root.FindList("groups").Select(Group)],
                MaximumChange = root.FindMoney("max_change"),
                Target = root.Find("target") is { } target ? Target(target) : null,
            };
        }
        catch (JsonException e)
        {
            throw new UsageException($"{source}, {JsonSentence.Of(e)}.");
        }
    }

    private static BudgetChannel Channel(JsonFields fields)
    {
        fields.Allow("name", "curve", "beta", "kappa", "alpha", "lower", "upper", "current", "max_change", "adstock");
        return new BudgetChannel
        {
            Name = fields.Text("name"),
            Curve = Curve(fields),
            Lower = fields.FindMoney("lower") ?? 0,
            Upper = fields.FindMoney("upper"),
            Current = fields.FindMoney("current"),
            MaximumChange = fields.FindMoney("max_change"),
        };
    }

    private static ResponseCurve Curve(JsonFields fields)
    {
        var kind = fields.Text("curve");
        var curve = kind switch
        {
            "hill" => ResponseCurve.Hill(Parameter(fields, "beta"), Parameter(fields, "kappa"), Parameter(fields, "alpha")),
            "log" => ResponseCurve.Log(Parameter(fields, "beta"), Parameter(fields, "kappa")),
            "power" => ResponseCurve.Power(Parameter(fields, "beta"), Parameter(fields, "alpha")),
            _ => throw fields.Wrong("curve", $"'{kind}'", "hill, log or power"),
        };
        if (!fields.Has("adstock"))
        {
            return curve;
        }

        var share = fields.Number("adstock");
        return share is >= 0 and < 1 ? curve.Steady(share) : throw fields.Wrong("adstock", $"{share}", "at least 0 and below 1");
    }

    private static double Parameter(JsonFields fields, string name)
    {
        var value = fields.Number(name);
        return CurveRules.Expected(name, value) is { } expected ? throw fields.Wrong(name, $"{value}", expected) : value;
    }

    private static BudgetGroup Group(JsonFields fields)
    {
        fields.Allow("name", "channels", "lower", "upper");
        return new BudgetGroup
        {
            Name = fields.Text("name"),
            Channels = fields.Texts("channels"),
            Lower = fields.FindMoney("lower") ?? 0,
            Upper = fields.FindMoney("upper"),
        };
    }

    private static BudgetTarget Target(JsonFields fields)
    {
        fields.Allow("cpa", "roas");
        var (cost, least) = (fields.FindMoney("cpa"), fields.FindMoney("roas"));
        return (cost, least) switch
        {
            ({ } amount, null) => BudgetTarget.Cost(Positive(fields, "cpa", amount)),
            (null, { } amount) => BudgetTarget.Return(Positive(fields, "roas", amount)),
            _ => throw fields.Wrong(null, cost is null ? "empty" : "both cpa and roas", "one of cpa and roas"),
        };
    }

    private static decimal Positive(JsonFields fields, string name, decimal amount) =>
        amount > 0 ? amount : throw fields.Wrong(name, $"{amount}", "a number above 0");
}
