using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;

namespace Tradepost.Serving;

/// <summary>What <c>demo</c> does with a domain.</summary>
public sealed record DomainDemo
{
    /// <summary>Fills the store of a session with sample data; null where nothing is loaded.</summary>
    public Func<Session, CancellationToken, Task<DemoResult>>? Load { get; init; }

    /// <summary>Goes on beside the server of the demo until it is stopped, over the server's services.</summary>
    public Func<IServiceProvider, CancellationToken, Task> Live { get; init; } = (_, _) => Task.CompletedTask;
}

/// <summary>What a demo loaded.</summary>
/// <param name="Value">What it did, for JSON.</param>
/// <param name="Print">The same for a person.</param>
/// <param name="Further">Commands that look further, whole lines.</param>
public sealed record DemoResult(object Value, Action<Printer> Print, IReadOnlyList<string> Further);
