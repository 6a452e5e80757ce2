namespace Tradepost.Jobs.Runs;

public enum RunState
{
    Queued,
    Running,
    Succeeded,
    Failed,
    Cancelled,
    TimedOut,
}
