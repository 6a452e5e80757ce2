namespace Tradepost.Serving.Callers;

/// <summary>What a user may do; docs/api.md lists it route by route.</summary>
public enum Role
{
    /// <summary>Everything.</summary>
    Admin,

    /// <summary>Reads everything, asks by SQL, starts and stops jobs.</summary>
    Analyst,

    /// <summary>Reads.</summary>
    Viewer,
}
