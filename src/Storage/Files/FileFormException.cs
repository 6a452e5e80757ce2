using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Files;

/// <summary>A file cannot be read as it is; the message says where, and what settles it.</summary>
public sealed class FileFormException(string message) : ForeseenException(FailureKind.WrongValue, message);
