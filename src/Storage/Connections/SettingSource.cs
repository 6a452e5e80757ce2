namespace Tradepost.Storage.Connections;

/// <summary>Settings that were read from one place.</summary>
/// <param name="Origin">As a user reads it: a file's path, "environment", "command line".</param>
public sealed record SettingSource(string Origin, IReadOnlyDictionary<string, string> Values);
