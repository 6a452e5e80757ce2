namespace Tradepost.Jobs.Runs;

/// <summary>By which way a run was asked for.</summary>
public enum AskedHow
{
    Cli,
    Api,
    Schedule,
    Retry,
    Backfill,
}
