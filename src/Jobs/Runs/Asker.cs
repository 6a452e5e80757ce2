using Tradepost.Jobs.Rights;

namespace Tradepost.Jobs.Runs;

/// <summary>Who asks for something, and how.</summary>
/// <param name="Name">A user's e-mail address, an account of the machine, the name of a schedule.</param>
public sealed record Asker(string Name, AskedHow How)
{
    /// <summary>
    /// Where relative paths start from of somebody at the machine's command line; a server that works for them is elsewhere.
    /// </summary>
    public string Folder { get; init; } = Environment.CurrentDirectory;

    /// <summary>
    /// What they may ask for: everything at the machine's command line, elsewhere no more than what somebody made sure of.
    /// </summary>
    public AskerRole Role { get; init; } = How == AskedHow.Cli ? AskerRole.Operator : AskerRole.Analyst;
}
