namespace Tradepost.Tests.Support;

/// <summary>An empty database of a test's own: for ADO.NET as a connection string, for Tradepost's settings as a URL.</summary>
public sealed record TestDatabase(string Name, string ConnectionString, string Url);
