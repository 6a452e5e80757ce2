using Tradepost.Storage.Failures;

namespace Tradepost.Serving.Commands;

/// <summary>A command was called in a way it cannot be; the message says how it can.</summary>
public sealed class UsageException(string message) : ForeseenException(FailureKind.WrongValue, message);
