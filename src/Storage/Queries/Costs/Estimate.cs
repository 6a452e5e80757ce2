namespace Tradepost.Storage.Queries.Costs;

/// <summary>
/// Works out, before a query runs, what no engine limits: texts and lists that one step makes for the rows it has at hand, copies of
/// expressions and tables that a planner makes for names, and grouping sets. It is an upper bound: a query that could come to more
/// than the limits is refused, also where its rows happen to be short.
/// </summary>
internal sealed class Estimate(AllowedFunctions functions, CostLimits limits, IReadOnlyDictionary<TableName, TableWidths> tables)
{
    private const string Unnest = "unnest";

    private readonly Dictionary<Common, Shape> commons = [];
    private double memory;

    /// <summary>Refuses a query that could come to more than the limits.</summary>
    /// <exception cref="QueryRefusedException">It could.</exception>
    public void Check(Select select) => Of(select, outer: null);

    private Shape Of(Select select, Scope? outer)
    {
        foreach (var common in select.With)
        {
            commons[common] = Of(common);
        }

        var scope = new Scope(outer, limits.RowsAtOnce);
        var parts = select.Parts.Select(part => Of(part, outer)).ToList();
        if (parts.Count > 0)
        {
            scope.Add(
                new Shape(
                    null,
                    Measure.Longest(parts.Select(part => part.Largest)),
                    parts.Max(part => part.Columns),
                    parts.Sum(part => part.Tables),
                    parts.Sum(part => part.Rows)
                )
            );
        }

        foreach (var source in select.From)
        {
            scope.Add(Of(source, scope).Renamed(source.IsRenamed));
        }

        if (limits.IsUninterrupted && scope.Sources.Count > 1 && double.IsInfinity(scope.Sources.Max(source => source.Largest.Bytes)))
        {
            throw Repeated();
        }

        var outputs = Outputs(select, scope);
        var measures = outputs.Select(output => output.Measure).Concat(select.Others.Select(term => Of(term, scope))).ToList();
        var columns =
            parts.Count > 0
                ? scope.Sources[0].Columns
                : select.Outputs.Sum(output => output.Of is Term.AllColumns ? scope.Sources.Sum(source => source.Columns) : 1);
        var shape = new Shape(
            parts.Count > 0 ? null : Named(outputs, scope),
            Measure.Longest([.. outputs.Select(output => output.Measure), .. parts.Count > 0 ? [scope.Largest] : Array.Empty<Measure>()]),
            columns,
            scope.Tables + scope.Sources.Sum(source => source.Tables),
            scope.Rows
        );
        Check(select, shape, Measure.Sum(measures));
        return shape;
    }

    private List<(Output Output, Measure Measure)> Outputs(Select select, Scope scope)
    {
        var outputs = new List<(Output Output, Measure Measure)>();
        foreach (var output in select.Outputs)
        {
            var measure = Of(output.Of, scope);
            outputs.Add((output, measure));
            if (output.Name is { } name)
            {
                scope.Name(name, measure);
            }
        }

        return outputs;
    }

    private static Dictionary<string, Measure>? Named(List<(Output Output, Measure Measure)> outputs, Scope scope)
    {
        var isAll = outputs.Any(output => output.Output.Of is Term.AllColumns);
        if (
            outputs.Any(output => output.Output is { Name: null, Of: not Term.AllColumns })
            || (isAll && scope.Sources.Any(source => source.Named is null))
        )
        {
            return null;
        }

        // Just looked at.
        var named = outputs.Where(output => output.Output.Name is not null).Select(output => (Name: output.Output.Name!, output.Measure));
        var passed = isAll
            ? scope.Sources.SelectMany(source => source.Named!.Select(column => (Name: column.Key, Measure: column.Value)))
            : [];
        return named
            .Concat(passed)
            .GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                column => column.Key,
                column => Measure.Longest(column.Select(one => one.Measure)),
                StringComparer.OrdinalIgnoreCase
            );
    }

    private void Check(Select select, Shape shape, Measure all)
    {
        Require(select.GroupingSets <= limits.GroupingSets, $"has {select.GroupingSets} sets of columns to group by", limits.GroupingSets);
        Require(
            shape.Tables <= limits.Tables,
            "reads too many tables, each counted as often as a name in the query stands for it",
            limits.Tables
        );
        Require(
            shape.Columns <= limits.Columns,
            "has too many columns, each counted as often as a name in the query stands for it",
            limits.Columns
        );
        Require(all.Parts <= limits.Parts, "is too large once every name in it stands for its expression", limits.Parts);
        memory += all.Memory;
        if (!(memory <= limits.Memory))
        {
            throw new QueryRefusedException(
                $"The query could make texts or lists of more than {limits.Memory / 1e6:0} MB at a time; cut long values first, as with "
                    + "left(…, 1000), or make fewer of them."
            );
        }
    }

    // A single row may have it; beside each of many rows it would be read as often.
    private static QueryRefusedException Repeated() =>
        new("A value of many rows, as string_agg or list make it, may not stand beside other rows; cut it first, as with left(…, 1000).");

    private static void Require(bool holds, string what, double limit)
    {
        if (!holds)
        {
            throw new QueryRefusedException($"The query {what}; at most {limit:0} are allowed.");
        }
    }

    private Shape Of(Common common)
    {
        var first = Of(common.Select, outer: null).Renamed(common.IsRenamed);
        if (common.Again is null)
        {
            return first;
        }

        // What a part makes of itself again and again: its texts may grow with each round, but not by leaps, so that the rows kept so far
        // bound the next ones.
        var assumed = Math.Max(first.Largest.Bytes, 1024);
        commons[common] = first with { Named = null, Largest = first.Largest with { Bytes = assumed }, Rows = limits.RowsAtOnce };
        var next = Of(common.Again, outer: null);
        if (!(next.Largest.Bytes <= assumed * limits.GrowthOfARound))
        {
            throw new QueryRefusedException(
                $"Values of {common.Name} would grow too fast each time it names itself; cut them with left(…, 1000)."
            );
        }

        var bytes = next.Largest.Bytes > assumed ? double.PositiveInfinity : assumed;
        return new Shape(
            null,
            next.Largest with
            {
                Bytes = bytes,
            },
            Math.Max(first.Columns, next.Columns),
            first.Tables + next.Tables,
            limits.RowsAtOnce
        );
    }

    private Shape Of(Source source, Scope scope)
    {
        switch (source)
        {
            case Source.Table table:
                var widths = tables[table.Name];
                var columns = widths.Columns.ToDictionary(
                    column => column.Key,
                    column => new Measure(column.Value, 1, 0),
                    StringComparer.OrdinalIgnoreCase
                );
                return new Shape(
                    columns,
                    Measure.Longest([Measure.Number, .. columns.Values]),
                    Math.Max(1, columns.Count),
                    1,
                    Math.Max(1, widths.Rows)
                );
            case Source.Named named:
                var common = commons[named.Common];
                return common with { Tables = common.Tables + 1 };
            case Source.Derived derived:
                return Of(derived.Select, scope);
            case Source.Values values:
                var measures = values.Of.Select(term => Of(term, scope)).ToList();
                memory += measures.Sum(measure => measure.Memory);
                return new Shape(null, Measure.Longest(measures), Math.Max(10, measures.Count), 1, limits.RowsAtOnce);
            default:
                throw new NotSupportedException(source.GetType().Name);
        }
    }

    private Measure Of(Term term, Scope scope)
    {
        switch (term)
        {
            case Term.Value value:
                return new Measure(value.Bytes, 1, 0);
            case Term.Column column:
                return scope.Find(column.Names);
            case Term.AllColumns all:
                var of = Measure.Longest([scope.Largest, .. all.Of.Select(one => Of(one, scope))]);
                return of with { Parts = of.Parts * Math.Max(1, scope.Sources.Sum(source => source.Columns)) };
            case Term.Call { Function: Unnest } when limits.IsUninterrupted && double.IsInfinity(scope.Largest.Bytes):
                throw Repeated();
            case Term.Call call:
                return new CallCost(functions, limits, scope.Rows).Of(
                    call,
                    [.. call.Arguments.Select(argument => Argument(argument, call, scope))]
                );
            case Term.Choice choice:
                return Beside(choice.Of, scope, longest => longest);
            case Term.Fact fact:
                return Beside(fact.Of, scope, _ => Measure.NumberBytes);
            case Term.Cast cast:
                var child = Of(cast.Of, scope);
                return cast.IsFixed
                    ? child with
                    {
                        Bytes = Measure.NumberBytes,
                        Parts = child.Parts + 1,
                    }
                    : child.Made((4 * child.Bytes) + 64, scope.Rows);
            case Term.Query query:
                var shape = Of(query.Select, scope);
                scope.Tables += shape.Tables;
                if (limits.IsUninterrupted && scope.Rows > 1 && double.IsInfinity(shape.Largest.Bytes))
                {
                    throw Repeated();
                }

                return shape.Largest with
                {
                    Parts = shape.Largest.Parts + 1,
                };
            default:
                throw new NotSupportedException(term.GetType().Name);
        }
    }

    private Measure Beside(IReadOnlyList<Term> terms, Scope scope, Func<double, double> bytes)
    {
        var measures = terms.Select(term => Of(term, scope)).ToList();
        var longest = bytes(Measure.Longest(measures).Bytes);
        var sum = Measure.Sum(measures);
        return longest > Measure.NumberBytes && double.IsFinite(longest)
            ? sum.Made(longest, scope.Rows)
            : sum with
            {
                Bytes = longest,
                Parts = sum.Parts + 1,
            };
    }

    /// <summary>What a function does to each element of a list: its parameters are as long as the list at most.</summary>
    private Measure Argument(Term argument, Term.Call call, Scope scope)
    {
        if (argument is not Term.Lambda lambda)
        {
            return Of(argument, scope);
        }

        var inner = new Scope(scope, limits.RowsAtOnce);
        var lists = Measure.Longest([
            Measure.Number,
            .. call.Arguments.Where(other => other is not Term.Lambda).Select(other => Of(other, scope)),
        ]);
        foreach (var parameter in lambda.Parameters)
        {
            inner.Name(parameter, lists);
        }

        return Of(lambda.Body, inner);
    }
}
