using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Backups;

/// <summary>A backup cannot be made or restored; the message says why and what to do. What was there is as it was.</summary>
public sealed class BackupException(string message, Exception? inner = null) : ForeseenException(FailureKind.StoreFailed, message, inner);
