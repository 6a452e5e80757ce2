using System.Globalization;
using Tradepost.Learning.Budgets;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.App.Learning.Budgets;

/// <summary><c>allocate</c>: the best division of a budget, with the proof that there is no better one.</summary>
internal static class AllocateCommand
{
    private const string FromInput = "-";

    public static HandledCommand Create() =>
        FileCommand.Of<AllocateRequest>(
            "allocate",
            "Divide a budget among channels by their response curves, with a certificate.",
            (request, session, _, cancellationToken) => Run(request, session, cancellationToken)
        );

    private static CommandResult Run(AllocateRequest request, Session session, CancellationToken cancellationToken)
    {
        var isInput = request.Problem == FromInput;
        var source = isInput ? "standard input" : request.Problem;
        var text = Abandonable.Run(() => isInput ? session.Terminal.Input.ReadToEnd() : Read(request.Problem), cancellationToken);
        try
        {
            var problem = AllocationFile.Parse(text, source);
            var plan = BudgetAllocator.Allocate(problem, cancellationToken);
            return new CommandResult(AllocateReport.Of(plan, problem.Target is not null, request.Explain), printer => Print(printer, plan));
        }
        catch (InfeasibleBudgetException e)
        {
            throw new InfeasibleProblemException(source, e);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"{source}: {Sentences.Of(e)}");
        }
    }

    private static string Read(string path) =>
        File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"There is no file {path}.");

    private static void Print(Printer printer, BudgetPlan plan)
    {
        printer.Table(
            ["channel", "amount", "value", "marginal", "held by"],
            plan.Channels.Select(one =>
                (IReadOnlyList<object?>)[one.Name, Money(one.Amount), Number(one.Value), Number(one.Marginal), Words(one.HeldBy)]
            )
        );
        printer.Line();
        printer.Pairs([
            ("budget", Money(plan.Budget)),
            ("value", Number(plan.Value)),
            .. plan.CurrentValue is { } current
                ? [("today's amounts bring", $"{Number(current)}, the plan {Number(plan.Value - current)} more")]
                : ((string, string)[])[],
            ("the last unit brings", Number(plan.Lambda)),
            ("a better plan brings at most", plan.IsOptimal ? "nothing more: this one is optimal" : $"{Number(plan.Gap)} more"),
        ]);
        if (plan.Bounds.Count > 1)
        {
            printer.Line();
            printer.Table(
                ["what would change this plan", "of", "now", "each unit looser brings"],
                plan.Bounds.Select(bound =>
                    (IReadOnlyList<object?>)
                        [bound.Constraint.Replace('_', ' '), bound.Name ?? "", Money(bound.Amount), Number(bound.Marginal)]
                )
            );
        }
    }

    private static string Words(HeldBy held) =>
        held switch
        {
            HeldBy.None => "",
            HeldBy.Lower => "lower bound",
            HeldBy.Upper => "upper bound",
            HeldBy.MaxChange => "maximum change",
            HeldBy.Group => "group",
            _ => "step",
        };

    private static string Money(decimal amount) => amount.ToString("#,0.00##########", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
