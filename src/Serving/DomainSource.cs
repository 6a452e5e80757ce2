using Tradepost.Storage.Sources;

namespace Tradepost.Serving;

/// <summary>A source of a domain.</summary>
/// <param name="Setting">The setting that names it.</param>
/// <param name="Source">Where its rows come from.</param>
/// <param name="Tables">The tables that are read from it.</param>
/// <param name="Remedy">What to do where its file is not there.</param>
public sealed record DomainSource(string Setting, Source Source, IReadOnlyList<string> Tables, string Remedy);
