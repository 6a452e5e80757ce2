using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Tradepost.App.Calls;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Remote;

/// <summary>Has a command done by the server that holds the embedded store, and passes on what it writes.</summary>
internal sealed class CommandClient : IAsyncDisposable
{
    private readonly FrameStream frames;
    private readonly string store;

    private CommandClient(FrameStream frames, string store) => (this.frames, this.store) = (frames, store);

    /// <summary>The server that holds the store; null when none does, or when the store is not embedded.</summary>
    public static async Task<CommandClient?> FindAsync(Settings settings, CancellationToken cancellationToken) =>
        StoreOf(settings) is { } store && await CommandSocket.ConnectAsync(CommandSocket.PathOf(store), cancellationToken) is { } socket
            ? new CommandClient(new FrameStream(socket), store.Path)
            : null;

    /// <summary>Runs the command to its end; a cancelled token has the server stop it, and its end is waited for.</summary>
    public async Task<int> RunAsync(string[] arguments, Terminal terminal, Settings settings, CancellationToken stop)
    {
        var call = new RemoteCall
        {
            Version = VersionText.Version,
            Store = store,
            Arguments = arguments,
            Folder = terminal.Folder,
            SettingsFolder = settings.Folder,
            Settings = settings.Sources,
            Results = terminal.ResultsShape,
            Messages = terminal.MessagesShape,
            IsDebugging = Debugging.IsOn,
        };
        Send(FrameKind.Call, JsonSerializer.SerializeToUtf8Bytes(call));
        await using var stopping = stop.Register(() => Send(FrameKind.Cancel, []));
        while (await frames.ReadAsync(CancellationToken.None) is var (kind, content))
        {
            switch (kind)
            {
                case FrameKind.Results:
                    Pass(content, ConsoleLines.WriterOf(terminal.Results));
                    break;
                case FrameKind.Messages:
                    Pass(content, ConsoleLines.WriterOf(terminal.Messages));
                    break;
                case FrameKind.InputWanted:
                    _ = Task.Run(() => PassInputAsync(terminal.Input), CancellationToken.None);
                    break;
                case FrameKind.Exit:
                    return BinaryPrimitives.ReadInt32LittleEndian(content);
                case FrameKind.Refused:
                    throw new StoreUnavailableException(Encoding.UTF8.GetString(content));
                default:
                    throw new InvalidDataException($"The server that holds {store} sent a message of kind {kind}.");
            }
        }

        throw new StoreUnavailableException(
            $"The server that held {store} ended before the command did; look at what is done, and call the command again."
        );
    }

    public ValueTask DisposeAsync() => frames.DisposeAsync();

    private static EmbeddedTarget? StoreOf(Settings settings)
    {
        try
        {
            return settings.Store as EmbeddedTarget;
        }
        catch (ConfigurationException)
        {
            return null; // the command itself says what is wrong with the setting
        }
    }

    private static void Pass(byte[] content, TextWriter writer)
    {
        if (writer is StreamWriter { AutoFlush: true } stream)
        {
            stream.BaseStream.Write(content);
            stream.BaseStream.Flush();
        }
        else
        {
            writer.Write(Encoding.UTF8.GetString(content));
        }
    }

    private async Task PassInputAsync(TextReader input)
    {
        var buffer = new char[4096];
        int length;
        do
        {
            length = await input.ReadAsync(buffer);
            Send(FrameKind.Input, Encoding.UTF8.GetBytes(buffer, 0, length));
        } while (length > 0);
    }

    // A server that has gone is noticed where its answer is read.
    private void Send(FrameKind kind, byte[] content)
    {
        try
        {
            frames.Write(kind, content);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return;
        }
    }
}
