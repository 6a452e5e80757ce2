using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs.Runs;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Runs;

/// <summary>Which run a command is about.</summary>
internal record RunOptions
{
    [Positional("ID"), Description("the run's id, as jobs runs shows it")]
    public required string Id { get; init; }

    internal Guid Run =>
        Guid.TryParse(Id, out var found) ? found : throw new UsageException($"\"{Id}\" is no run's id; `tradepost jobs runs` lists them.");
}

/// <summary>How many of a list are shown.</summary>
internal record ListOptions
{
    [Description("Most to show"), Range(1, 1000, ErrorMessage = "expected is a whole number from 1 to 1000")]
    public int Limit { get; init; } = 20;
}

/// <summary>Which runs are listed.</summary>
internal sealed record RunListOptions : ListOptions
{
    [Description("Only of this job"), Placeholder("JOB")]
    public string? Job { get; init; }

    [Description("Only in this state")]
    public RunState? State { get; init; }

    [Description("Only older than this run"), Placeholder("ID")]
    public string? Before { get; init; }
}

/// <summary>Whose log is shown.</summary>
internal sealed record RunLogOptions : RunOptions
{
    [Description("Go on until the run has ended")]
    public bool Follow { get; init; }
}
