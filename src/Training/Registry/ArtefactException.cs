namespace Tradepost.Training.Registry;

/// <summary>What is kept of a version is not what was registered.</summary>
public sealed class ArtefactException(string message) : Exception(message);
