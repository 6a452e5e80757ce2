using Tradepost.Storage.Failures;

namespace Tradepost.Streams;

/// <summary>Another process, or this one, already writes the log.</summary>
public sealed class LogInUseException(string folder, Exception inner)
    : ForeseenException(
        FailureKind.Failed,
        $"The log in {folder} is in use by another process. Stop that one, or give this one a folder of its own.",
        inner
    );
