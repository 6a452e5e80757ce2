namespace Tradepost.App.Api.Freshness;

/// <summary>A table, and up to when it is filled.</summary>
/// <param name="Domain">Whose it is.</param>
/// <param name="Name">The source's table, or the store's.</param>
/// <param name="Latest">What happened until then is in it.</param>
internal sealed record FreshTable(string Domain, string Name, DateTime Latest);
