using Tradepost.Storage.Failures;

namespace Tradepost.Storage;

/// <summary>A store could not be reached, though it was tried several times.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null)
    : ForeseenException(FailureKind.StoreUnavailable, message, inner);
