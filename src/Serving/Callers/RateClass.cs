namespace Tradepost.Serving.Callers;

/// <summary>How dear a route is, which decides how often one client may call it.</summary>
public enum RateClass
{
    /// <summary>Reads what is there.</summary>
    Read,

    /// <summary>Changes something, or starts a run.</summary>
    Write,

    /// <summary>Asks the store what may take long.</summary>
    Query,

    /// <summary>Tries a password.</summary>
    SignIn,

    /// <summary>Probes: never limited.</summary>
    Free,
}
