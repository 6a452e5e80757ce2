namespace Tradepost.App.Remote;

/// <summary>What goes over the socket between a command and the server that works on it.</summary>
internal enum FrameKind : byte
{
    /// <summary>From the command, first: a <see cref="RemoteCall"/> as JSON.</summary>
    Call = 1,

    /// <summary>From the command: bytes of its standard input; none at its end.</summary>
    Input = 2,

    /// <summary>From the command: stop.</summary>
    Cancel = 3,

    /// <summary>From the server: bytes for standard output.</summary>
    Results = 11,

    /// <summary>From the server: bytes for standard error.</summary>
    Messages = 12,

    /// <summary>From the server: standard input is wanted.</summary>
    InputWanted = 13,

    /// <summary>From the server, last: the exit code, four bytes.</summary>
    Exit = 14,

    /// <summary>From the server, instead of all else: a sentence that says why it does not work on the call.</summary>
    Refused = 15,
}
