using Tradepost.Storage.Sources;

namespace Tradepost.Jobs;

/// <summary>A source of a domain: the setting that names it, and the tables that are read from it.</summary>
public sealed record DomainSource(string Setting, Source Source, IReadOnlyList<string> Tables);
