namespace Tradepost.Jobs;

/// <summary>Whose personal data something is.</summary>
public enum PersonKind
{
    /// <summary>Somebody whom a domain's user has to do with, such as a customer.</summary>
    Customer,

    /// <summary>Somebody who works there, or works with Tradepost.</summary>
    Staff,
}
