namespace Tradepost.Training.Registry;

/// <summary>Which version may go into production.</summary>
internal static class PromotionRule
{
    /// <summary>Why a version does not go there; null when it may. The metric that decides is that of the candidate.</summary>
    public static PromotionRefusedException? Judge(ModelVersion candidate, ModelVersion? production)
    {
        if (production is null)
        {
            return null;
        }

        if (candidate.Version == production.Version)
        {
            return new PromotionRefusedException($"Version {candidate.Version} of {candidate.Model} is in production already.");
        }

        var name = candidate.DecidingMetric;
        var duel = Duel.Of(candidate, production, name);
        var on = duel.IsSameData ? "" : ", measured on other data";
        return candidate.Metrics[name].Compare(duel.Candidate, duel.Production) switch
        {
            Verdict.Better or Verdict.Same => null,
            Verdict.Worse => Refused(
                $"Version {candidate.Version} of {candidate.Model} is worse than version {production.Version}, which it would replace: {name} {duel.Candidate:0.####} against {duel.Production:0.####}{on}; force it to promote it all the same."
            ),
            _ => Refused(
                $"Version {candidate.Version} of {candidate.Model} cannot be compared with version {production.Version}, which it would replace: {name} is not known of both; force it to promote it all the same."
            ),
        };

        PromotionRefusedException Refused(FormattableString sentence) =>
            new(FormattableString.Invariant(sentence), name, Known(duel.Candidate), Known(duel.Production));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;

    /// <summary>
    /// The version in production and the one before it, by a history from its beginning: a promotion is put on top of the others, a
    /// roll-back takes the top away.
    /// </summary>
    public static (int? Present, int? Before) Before(IReadOnlyList<Promotion> history)
    {
        var stack = new Stack<int>();
        foreach (var promotion in history)
        {
            if (promotion.Action == PromotionAction.RolledBack)
            {
                stack.Pop();
            }
            else
            {
                stack.Push(promotion.Version);
            }
        }

        return (stack.TryPop(out var present) ? present : null, stack.TryPeek(out var before) ? before : null);
    }
}
