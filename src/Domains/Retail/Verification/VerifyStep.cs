namespace Tradepost.Retail.Verification;

/// <summary>One proof: what was done, what it showed and how long it took.</summary>
public sealed record VerifyStep(string Step, string Shown, double Seconds);
