namespace Tradepost.Jobs;

/// <summary>Whose personal data something is.</summary>
public enum PersonKind
{
    /// <summary>Somebody who buys in the shop.</summary>
    Customer,

    /// <summary>Somebody who works there, or works with Tradepost.</summary>
    Staff,
}
