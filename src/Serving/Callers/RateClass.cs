namespace Tradepost.Serving.Callers;

/// <summary>How dear a route is, which decides how often one client may call it.</summary>
public enum RateClass
{
    Read,
    Write,
    Query,
    SignIn,

    /// <summary>Probes: never limited.</summary>
    Free,
}
