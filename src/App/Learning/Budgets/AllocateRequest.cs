using System.ComponentModel;
using Tradepost.Arguments;

namespace Tradepost.App.Learning.Budgets;

/// <summary>What <c>allocate</c> was asked for.</summary>
internal sealed record AllocateRequest
{
    [Positional("PROBLEM"), Description("a JSON file with a budget and channels, or - for standard input")]
    public required string Problem { get; init; }

    [Description("Add to --json what would change the plan: the bounds it stands at, and what loosening each brings")]
    public bool Explain { get; init; }
}
