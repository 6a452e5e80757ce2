namespace Tradepost.Learning.Budgets;

/// <summary>What keeps the amount of a channel from where its marginal value would be that of the budget.</summary>
public enum HeldBy
{
    /// <summary>Nothing: its last unit brings what the last unit of the budget does.</summary>
    None,

    /// <summary>Its own lower bound; it brings less than money elsewhere.</summary>
    Lower,

    /// <summary>Its own upper bound; it would bring more than money elsewhere.</summary>
    Upper,

    /// <summary>The limit on its change.</summary>
    MaxChange,

    /// <summary>A bound of its group.</summary>
    Group,

    /// <summary>The step is so coarse that its marginal value is more than 1 % away from that of the budget.</summary>
    Step,
}
