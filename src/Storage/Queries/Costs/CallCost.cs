using System.Text.RegularExpressions;

namespace Tradepost.Storage.Queries.Costs;

/// <summary>What a call of a function takes, from what its arguments take.</summary>
internal sealed partial class CallCost(AllowedFunctions functions, CostLimits limits, double rows)
{
    private const double ShortBytes = 256;

    /// <summary>Operators that make a number of numbers, and something long of lists and numbers of any length.</summary>
    private static readonly HashSet<string> Adding = new(["+", "*", "add", "multiply"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Functions that cut a text at a number of letters, which is their last argument.</summary>
    private static readonly HashSet<string> Cutting = new(
        ["left", "right", "left_grapheme", "right_grapheme", "substr", "substring", "substring_grapheme"],
        StringComparer.OrdinalIgnoreCase
    );

    public Measure Of(Term.Call call, IReadOnlyList<Measure> arguments)
    {
        CheckSteps(call, arguments);
        var all = Measure.Sum(arguments);
        var longest = Measure.Longest(arguments).Bytes;
        var growth = functions.GrowthOf(call.Function);
        return growth switch
        {
            Growth.Fixed when longest > Measure.NumberBytes && Adding.Contains(call.Function) => all.Made(all.Bytes + 64, rows),
            Growth.Fixed or Growth.Pairs => all with { Bytes = Measure.NumberBytes, Parts = all.Parts + 1 },
            Growth.Short => all.Made(ShortBytes, rows),
            Growth.Longest => all.Made(Math.Max(Measure.NumberBytes, Cut(call, longest)), rows),
            Growth.Picks when call.IsOverRows => all.Made(Math.Max(Measure.NumberBytes, longest), rows),
            Growth.Picks => all with { Bytes = Math.Max(Measure.NumberBytes, longest), Parts = all.Parts + 1 },
            Growth.Together => all.Made(all.Bytes + 64, rows),
            Growth.Times2 => all.Made((2 * all.Bytes) + 64, rows),
            Growth.Times8 => all.Made((8 * all.Bytes) + 64, rows),
            Growth.Times20 => all.Made((20 * all.Bytes) + 64, rows),
            Growth.Product => all.Made(Product(arguments), rows),
            Growth.Format => all.Made(Formatted(call, all.Bytes), rows),
            Growth.Unbounded when call.IsOverRows => throw new QueryRefusedException(
                $"A query may not call {call.Function} with OVER: it would make a long value for each row."
            ),
            Growth.Unbounded => all with { Bytes = double.PositiveInfinity, Parts = all.Parts + 1 },
            _ => throw new NotSupportedException(growth.ToString()),
        };
    }

    // Only a number that is written out is a limit: DuckDB would read any other value where it stands.
    private static double Cut(Term.Call call, double bytes) =>
        call.Arguments.Count > (call.Function.StartsWith("sub", StringComparison.OrdinalIgnoreCase) ? 2 : 1)
        && Cutting.Contains(call.Function)
        && call.Arguments[^1] is Term.Value { Amount: >= 0 and var letters }
            ? Math.Min(bytes, 4 * letters)
            : bytes;

    private static double Product(IReadOnlyList<Measure> arguments) =>
        64 + arguments.Aggregate(1.0, (product, argument) => product * (1 + argument.Bytes));

    /// <summary>Long texts that are searched for long ones, or compared with patterns that make an engine go back and forth.</summary>
    private void CheckSteps(Term.Call call, IReadOnlyList<Measure> arguments)
    {
        if (
            !limits.IsUninterrupted
            || arguments.Count < 2
            || functions.GrowthOf(call.Function) is Growth.Together or Growth.Picks or Growth.Unbounded
        )
        {
            return;
        }

        var bytes = arguments.Select(argument => argument.Bytes).OrderDescending().ToList();
        var steps =
            Patterns.Matches(call.Function) ? Patterns.StepsOf(call, arguments[0].Bytes)
            : bytes[1] > Measure.NumberBytes || functions.GrowthOf(call.Function) == Growth.Pairs ? bytes[0] * bytes[1]
            : 0;
        if (!(steps * rows <= limits.Steps))
        {
            throw new QueryRefusedException(
                $"{Patterns.NameOf(call.Function)} would compare texts that may be too long for it; cut them with left(…, 200), or write "
                    + "a simpler pattern out."
            );
        }
    }

    private static double Formatted(Term.Call call, double bytes) =>
        call.Arguments is [Term.Value { Text: { } form }, ..] && !WideForm().IsMatch(form)
            ? (bytes + 1000) * (1 + form.Count(letter => letter == '%'))
            : throw new QueryRefusedException(
                $"The first argument of {call.Function} has to be a text that is written out, without widths over 999 or *."
            );

    [GeneratedRegex(@"%[^a-zA-Z%]*(?:\*|[0-9]{4})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WideForm();
}
