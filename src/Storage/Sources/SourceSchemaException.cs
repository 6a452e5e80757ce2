using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Sources;

/// <summary>A source is reachable but lacks a table or column that is read from it: trying again does not help.</summary>
public sealed class SourceSchemaException(string message, Exception? inner = null) : ForeseenException(FailureKind.Failed, message, inner);
