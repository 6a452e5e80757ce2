namespace Tradepost.Advertising.Managing;

/// <summary>What a change does.</summary>
internal enum ChangeAction
{
    Create,
    Update,

    /// <summary>Puts back what another change replaced.</summary>
    Undo,
}
