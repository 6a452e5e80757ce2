using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Migrations;

/// <summary>The store's tables cannot be brought up to date; the message says why and how to mend it.</summary>
public sealed class MigrationException(string message, Exception? inner = null)
    : ForeseenException(FailureKind.StoreFailed, message, inner);
