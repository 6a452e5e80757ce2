using Tradepost.Storage.Failures;

namespace Tradepost.Streams.Topics;

/// <summary>Events cannot be published or read: why, in one sentence without secrets.</summary>
public sealed class TopicException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
