using Tradepost.Storage.Failures;

namespace Tradepost.Storage.ClickHouse;

/// <summary>A ClickHouse server could not be reached, or refused: who, and why, in one sentence without a password.</summary>
public sealed class ClickHouseException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
