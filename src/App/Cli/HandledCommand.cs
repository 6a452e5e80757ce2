using System.CommandLine;

namespace Tradepost.App.Cli;

/// <summary>A command that does something, in contrast to a group of commands.</summary>
internal sealed class HandledCommand(
    string name,
    string description,
    Func<ParseResult, Session, CancellationToken, Task<CommandResult>> run
) : Command(name, description)
{
    /// <summary>Whether it runs in its own process also while a server holds the embedded store.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether it only looks, and leaves even the modes of files as they are.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether what is left of the call belongs to somebody else: a job's own options.</summary>
    public bool TakesMore { get; private set; }

    /// <summary>What may hold any character: SQL.</summary>
    public Symbol? FreeText { get; init; }

    public HandledCommand TakingMore()
    {
        (TakesMore, TreatUnmatchedTokensAsErrors) = (true, false);
        return this;
    }

    public Task<CommandResult> RunAsync(ParseResult parsed, Session session, CancellationToken cancellationToken) =>
        run(parsed, session, cancellationToken);
}
