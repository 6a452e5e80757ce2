namespace Tradepost.Jobs.Alerts;

/// <summary>Something that a feed of a domain did not bring, and that can no longer be fetched.</summary>
/// <param name="Id">The same for the same loss.</param>
/// <param name="Source">What it was lost of, such as an exchange.</param>
/// <param name="Message">What happened, when and why, in a sentence.</param>
public sealed record Loss(string Id, string Source, string Message);
