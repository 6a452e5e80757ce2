namespace Tradepost.Jobs;

/// <summary>Whose personal data something is.</summary>
public enum PersonKind
{
    /// <summary>Somebody whom a domain's user has to do with, such as a customer.</summary>
    Customer,

    /// <summary>Somebody who works there, or works with Tradepost.</summary>
    Staff,

    /// <summary>Somebody who sells under a name in public: a merchant of a marketplace may be one person.</summary>
    Merchant,
}
