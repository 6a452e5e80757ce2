using Tradepost.Serving.Commands.Output;

namespace Tradepost.Serving.Commands;

/// <summary>What a command leaves: the record that is its JSON, and how a person reads it when not as its fields.</summary>
/// <param name="Value">Written as JSON with <c>--json</c>.</param>
/// <param name="Print">Writes it for a person; null: field by field.</param>
/// <param name="ExitCode">Not 0 where the command did its work and what it found is bad.</param>
public sealed record CommandResult(object Value, Action<Printer>? Print = null, int ExitCode = 0)
{
    /// <summary>What a person should know beside the result, on standard error; JSON has it among its fields.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    internal void Show(Terminal terminal, bool isJson)
    {
        foreach (var message in isJson ? [] : Messages)
        {
            terminal.Messages.Line(message);
        }

        if (isJson)
        {
            terminal.WriteJson(Value);
        }
        else if (Print is null)
        {
            new Printer(terminal.Results).Result(Value);
        }
        else
        {
            Print(new Printer(terminal.Results));
        }
    }
}
