using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Tradepost.App.Calls;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Remote;

/// <summary>One command of another process, worked on here.</summary>
internal sealed class ServedCall(Socket socket, EmbeddedTarget store, TimeProvider time, IReadOnlyList<object> shared) : IAsyncDisposable
{
    private static readonly TimeSpan PatienceForCall = TimeSpan.FromSeconds(10);

    private readonly FrameStream frames = new(socket);

    /// <summary>Works on it to its end. It is stopped when the token is cancelled, when the other side asks for that, or is gone.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        if (await ReadCallAsync(cancellationToken) is not { } call)
        {
            return;
        }

        if (Refusal(call) is { } reason)
        {
            frames.Write(FrameKind.Refused, Encoding.UTF8.GetBytes(reason));
            return;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var input = new FrameInput(frames);
        var listening = ListenAsync(input, stop);
        Debugging.Set(call.IsDebugging);
        using var reader = new StreamReader(input, Encoding.UTF8);
        var terminal = Terminal.Open(
            new FrameOutput(frames, FrameKind.Results),
            call.Results,
            new FrameOutput(frames, FrameKind.Messages),
            call.Messages
        ) with
        {
            Input = reader,
            Folder = call.Folder,
        };
        try
        {
            var code = await CommandLine.RunServedAsync(
                [.. call.Arguments],
                terminal,
                time,
                Settings.Of(call.SettingsFolder, call.Settings),
                shared,
                stop.Token
            );
            var exit = new byte[sizeof(int)];
            BinaryPrimitives.WriteInt32LittleEndian(exit, code);
            frames.Write(FrameKind.Exit, exit);
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            // The other side has gone and reads no answer.
        }

        await frames.DisposeAsync();
        await listening;
    }

    public ValueTask DisposeAsync() => frames.DisposeAsync();

    private async Task<RemoteCall?> ReadCallAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(PatienceForCall);
        try
        {
            return await frames.ReadAsync(patience.Token) is (FrameKind.Call, var content)
                ? JsonSerializer.Deserialize<RemoteCall>(content)
                : null;
        }
        catch (Exception e) when (e is JsonException or OperationCanceledException)
        {
            return null; // nobody who speaks this language
        }
    }

    private string? Refusal(RemoteCall call) =>
        call.Version != VersionText.Version
            ? $"The server that holds {store.Path} is Tradepost {VersionText.Version}, and this is {call.Version}; start the server again."
        : Path.GetFullPath(call.Store) != Path.GetFullPath(store.Path) ? $"The server at the socket of {call.Store} holds {store.Path}."
        : null;

    private async Task ListenAsync(FrameInput input, CancellationTokenSource stop)
    {
        while (await frames.ReadAsync(CancellationToken.None) is var (kind, content))
        {
            if (kind == FrameKind.Input)
            {
                input.Add(content);
            }
            else
            {
                await stop.CancelAsync();
            }
        }

        // At the regular end this comes after the command, and stops nothing.
        await stop.CancelAsync();
    }
}
