using Tradepost.Storage.Failures;

namespace Tradepost.Training.Registry;

/// <summary>What is kept of a version is not what was registered.</summary>
public sealed class ArtefactException(string message) : ForeseenException(FailureKind.Failed, message);
