namespace Tradepost.Advertising.Managing;

/// <summary>How far a change is.</summary>
internal enum ChangeState
{
    /// <summary>A dry run: nothing was written.</summary>
    Planned,

    /// <summary>The platform is being asked; nobody knows yet what came of it.</summary>
    Applying,

    Applied,

    Failed,

    /// <summary>It was applied, and taken back.</summary>
    Undone,

    /// <summary>The campaign is already as it was asked to be; there is nothing to write, and nothing is kept of it.</summary>
    Unchanged,
}
