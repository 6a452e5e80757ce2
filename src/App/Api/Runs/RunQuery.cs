using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Jobs.Runs;

namespace Tradepost.App.Api.Runs;

internal sealed record RunQuery
{
    [Description("Only runs of this job.")]
    public string? Job { get; init; }

    [Description("Only runs in this state.")]
    public RunState? State { get; init; }

    [Description("Only repetitions and parts of this run.")]
    [RegularExpression(Identifier.Pattern, ErrorMessage = Identifier.Expectation)]
    public string? Parent { get; init; }

    [Description("How many runs to give at most.")]
    [Range(1, RunFilter.MostItems)]
    public int Limit { get; init; } = 50;

    [Description("Where to go on: next of the page before.")]
    [RegularExpression(Identifier.Pattern, ErrorMessage = Identifier.Expectation)]
    public string? Cursor { get; init; }
}
