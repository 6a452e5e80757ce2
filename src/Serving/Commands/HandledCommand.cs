using System.CommandLine;

namespace Tradepost.Serving.Commands;

/// <summary>A command that does something, in contrast to a group of commands.</summary>
public sealed class HandledCommand(string name, string description, Func<ParseResult, Session, CancellationToken, Task<CommandResult>> run)
    : Command(name, description)
{
    private bool isComplete;

    /// <summary>Whether it runs in its own process also while a server holds the embedded store.</summary>
    public bool IsLocal { get; init; }

    /// <summary>Whether it only looks, and leaves even the modes of files as they are.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether what is left of the call belongs to somebody else: a job's own options.</summary>
    public bool TakesMore { get; private set; }

    /// <summary>What may hold any character: SQL. Known once it is complete.</summary>
    public Symbol? FreeText { get; private set; }

    /// <summary>Adds its options to it.</summary>
    public Action<HandledCommand> AddOptions { get; init; } = _ => { };

    /// <summary>A command whose options and operands are the properties of a record, as a job's arguments are.</summary>
    /// <param name="name">How it is called.</param>
    /// <param name="description">What it does, in one line.</param>
    /// <param name="run">Does it, with its paths absolute.</param>
    /// <param name="isLocal">Whether it runs in its own process also while a server holds the embedded store.</param>
    public static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, Session, CancellationToken, Task<CommandResult>> run,
        bool isLocal = false
    )
        where T : notnull => Of<T>(name, description, (options, _, session, token) => run(options, session, token), isLocal);

    /// <summary>A command that also gets what is left of the call, which belongs to somebody else.</summary>
    public static HandledCommand TakingMore<T>(
        string name,
        string description,
        Func<T, IReadOnlyList<string>, Session, CancellationToken, Task<CommandResult>> run
    )
        where T : notnull
    {
        var command = Of(name, description, run, isLocal: false);
        (command.TakesMore, command.TreatUnmatchedTokensAsErrors) = (true, false);
        return command;
    }

    /// <summary>
    /// Gives it its options, once: before it is parsed or shown. To describe the options of all commands takes longer than a short command
    /// does, so only those that may be meant are complete.
    /// </summary>
    public void Complete()
    {
        if (!isComplete)
        {
            isComplete = true;
            AddOptions(this);
        }
    }

    internal Task<CommandResult> RunAsync(ParseResult parsed, Session session, CancellationToken cancellationToken) =>
        run(parsed, session, cancellationToken);

    private static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, IReadOnlyList<string>, Session, CancellationToken, Task<CommandResult>> run,
        bool isLocal
    )
        where T : notnull
    {
        var options = new Lazy<CommandOptions>(() => CommandOptions.Of(typeof(T)));
        return new HandledCommand(name, description, (parsed, session, cancellationToken) =>
            run((T)options.Value.Read(parsed, session.Terminal.Folder), parsed.UnmatchedTokens, session, cancellationToken)
        )
        {
            IsLocal = isLocal,
            AddOptions = command =>
            {
                command.FreeText = options.Value.FreeText;
                options.Value.AddTo(command);
            },
        };
    }
}
