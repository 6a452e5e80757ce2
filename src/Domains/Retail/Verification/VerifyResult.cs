namespace Tradepost.Retail.Verification;

/// <summary>All proofs of a deployment; a step that fails ends the run with its sentence instead.</summary>
public sealed record VerifyResult(string Status, string Store, IReadOnlyList<VerifyStep> Steps, double Seconds);
