using Tradepost.Learning.Budgets;
using Tradepost.Storage.Failures;

namespace Tradepost.App.Learning.Budgets;

/// <summary>A budget problem is well formed and has no solution.</summary>
internal sealed class InfeasibleProblemException : ForeseenException
{
    private readonly string constraint;

    public InfeasibleProblemException(string source, InfeasibleBudgetException problem)
        : base(FailureKind.WrongValue, $"{source}: {problem.Message}", problem)
    {
        constraint = problem.Constraint;
        ExitCode = 1;
    }

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("constraint", constraint));
}
