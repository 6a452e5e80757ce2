namespace Tradepost.Jobs.Runs;

/// <summary>Who asks for something, and how.</summary>
/// <param name="Name">A user's e-mail address, an account of the machine, the name of a schedule.</param>
public sealed record Asker(string Name, AskedHow How);
