namespace Tradepost.Jobs.Rights;

/// <summary>What whoever asks for a run may ask for; each may what the one before may.</summary>
public enum AskerRole
{
    Analyst,

    Admin,

    /// <summary>Whoever works on the machine itself, at its command line: no token gives this.</summary>
    Operator,
}
