namespace Tradepost.Advertising.Features;

/// <summary>An ad, and the moment as of which it is asked for.</summary>
/// <param name="Account">The account; empty for ads of the advertiser's own events.</param>
/// <param name="Ad">The ad.</param>
/// <param name="AsOf">The moment, UTC.</param>
internal readonly record struct AdMoment(string Account, string Ad, DateTime AsOf);
