using Tradepost.Storage.Failures;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// A file cannot be replayed, or not as it was asked for; the message says which one, where in it, and what was expected.
/// </summary>
public sealed class RecordingException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
