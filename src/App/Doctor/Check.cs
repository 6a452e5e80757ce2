namespace Tradepost.App.Doctor;

/// <summary>Something that was looked at.</summary>
/// <param name="Name">What, in a word or two.</param>
/// <param name="Status">How it is.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">What to do about it; null when nothing.</param>
internal sealed record Check(string Name, Verdict Status, string Detail, string? Remedy = null)
{
    public static Check Ok(string name, string detail) => new(name, Verdict.Ok, detail);
}

internal enum Verdict
{
    Ok,
    Warning,
    Problem,
}
