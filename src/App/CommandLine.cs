using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;
using Tradepost.App.Calls;
using Tradepost.App.Modes;
using Tradepost.App.Remote;
using Tradepost.App.Telemetry;
using Tradepost.App.Users.Auditing;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.App;

/// <summary>One call of the program: reads the arguments, runs the command, shows its result or its failure, gives the exit code.</summary>
internal sealed class CommandLine
{
    // An argument that begins with @ is the argument; no file is read in its place.
    private static readonly ParserConfiguration WithoutResponseFiles = new() { ResponseFileTokenReplacer = null };

    private readonly Terminal terminal;
    private readonly TimeProvider time;
    private readonly bool isJson;
    private Settings? settings;
    private bool isServed;
    private IReadOnlyList<object> shared = [];

    private CommandLine(Terminal terminal, TimeProvider time, bool isJson)
    {
        this.terminal = terminal;
        this.time = time;
        this.isJson = isJson;
    }

    public static async Task<int> RunAsync(string[] arguments, Terminal terminal, TimeProvider time)
    {
        var call = new CommandLine(terminal, time, arguments.Contains("--json"));
        using var stop = new StopSignals(time);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await call.RunAsync(arguments, stop.Token);

        void Stop(PosixSignalContext signal) => signal.Cancel = stop.Take();
    }

    /// <summary>Works on a call of another process, which has read its settings and passes on what is written to the terminal.</summary>
    public static Task<int> RunServedAsync(
        string[] arguments,
        Terminal terminal,
        TimeProvider time,
        Settings settings,
        IReadOnlyList<object> shared,
        CancellationToken stop
    ) =>
        new CommandLine(terminal, time, arguments.Contains("--json"))
        {
            settings = settings,
            isServed = true,
            shared = shared,
        }.RunAsync(arguments, stop);

    private async Task<int> RunAsync(string[] arguments, CancellationToken stop)
    {
        try
        {
            var parsed = (isServed ? CommandTree.Root : CommandTree.For(arguments)).Parse(arguments, WithoutResponseFiles);
            if (HelpText.IsAskedFor(parsed))
            {
                HelpText.Write(parsed.CommandResult.Command, terminal.Results);
                return 0;
            }

            if (VersionText.IsAskedFor(parsed))
            {
                Show(VersionText.Result);
                return 0;
            }

            UsageErrors.ThrowIfAny(parsed);
            UsageErrors.ThrowIfHidden(parsed);
            if (parsed.CommandResult.Command is not HandledCommand command)
            {
                throw new UsageException(
                    $"{HelpText.PathOf(parsed.CommandResult.Command)} needs one of its commands: "
                        + $"{string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(c => c.Name))}."
                );
            }

            settings ??= Load(parsed);
            WarnOfUnknown(isServed);
            if (!isServed && !command.IsReadOnly && !OperatingSystem.IsWindows())
            {
                OwnFiles.Of(settings).Narrow();
            }

            if (!isServed && !command.IsLocal && await CommandClient.FindAsync(settings, stop) is { } server)
            {
                await using (server)
                {
                    return await server.RunAsync(arguments, terminal, settings, stop);
                }
            }

            var result = await command.RunAsync(
                parsed,
                new Session
                {
                    Terminal = terminal,
                    Time = time,
                    Settings = settings,
                    IsJson = isJson,
                    Catalogue = Domains.Catalogue,
                    StartTelemetry = ServerTelemetry.Start,
                    Audit = (store, action, subject, token) =>
                        new AuditLog(store, time).AddAsync(Origin.CommandLine, action, subject, token),
                    IsServed = isServed,
                    Shared = shared,
                },
                stop
            );
            Show(result);
            return result.ExitCode;
        }
        catch (Exception thrown) when (stop.IsCancellationRequested && Failures.IsStop(thrown))
        {
            return Show(new Failure(Failure.Stopped, "Stopped."));
        }
#pragma warning disable CA1031 // The last place before the process ends: whatever it is becomes a sentence and an exit code.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            if (Debugging.IsOn)
            {
                terminal.Messages.Lines(Redaction.Of(settings).Clean(thrown.ToString()).Split('\n'), indent: 2);
            }

            return Show(
                Failures.Find(thrown, settings) ?? Failures.Unforeseen(thrown, settings, time.GetUtcNow()),
                resultsAreClosed: thrown is OutputException { IsStandardOutput: true }
            );
        }
    }

    private Settings Load(ParseResult parsed)
    {
        var data = parsed.GetValue(GlobalOptions.Data) is { } folder ? new Dictionary<string, string> { [SettingNames.Data] = folder } : [];
        return Settings.Load(SettingSources.OfProcess(terminal.Folder, Domains.Settings, data));
    }

    /// <summary>A setting that is misspelled is none, and nothing else would say so.</summary>
    private void WarnOfUnknown(bool isServed)
    {
        foreach (var (file, name) in isServed ? [] : settings?.FindUnknown(Domains.Settings) ?? [])
        {
            if (Spelling.FindNearest(name, Domains.Settings.Select(setting => setting.Name)) is { } nearest)
            {
                terminal.Messages.Line($"{file}: {name} is no setting and does nothing; did you mean {nearest}?");
            }
        }
    }

    private void Show(CommandResult result) => result.Show(terminal, isJson);

    private int Show(Failure failure, bool resultsAreClosed = false)
    {
        var message = Redaction.Of(settings).Clean(failure.Message);
        if (isJson && !resultsAreClosed)
        {
            terminal.WriteJson(
                new
                {
                    Status = "error",
                    Error = message,
                    Timestamp = time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"),
                    Details = failure.Details ?? new Dictionary<string, object>(),
                }
            );
        }
        else if (terminal.MessagesAreSeen)
        {
            terminal.Messages.MarkupLine($"[red]{Markup.Escape(HiddenCharacters.Escape(message.ReplaceLineEndings(" ")))}[/]");
        }
        else
        {
            terminal.Messages.Line(message.ReplaceLineEndings(" ")); // unwrapped, for whoever reads it with grep
        }

        return failure.ExitCode;
    }
}
