using Tradepost.Storage.Failures;

namespace Tradepost.App.Cli;

/// <summary>A command was called in a way it cannot be; the message says how it can.</summary>
internal sealed class UsageException(string message) : ForeseenException(FailureKind.WrongValue, message);
