namespace Tradepost.Learning.Budgets;

/// <summary>What a plan has to bring on average for its budget.</summary>
public sealed record BudgetTarget
{
    private BudgetTarget(string name, decimal amount, double leastReturn) => (Name, Amount, LeastReturn) = (name, amount, leastReturn);

    /// <summary><c>cpa</c> or <c>roas</c>.</summary>
    public string Name { get; }

    /// <summary>The cost or the return that was asked for.</summary>
    public decimal Amount { get; }

    /// <summary>Value per unit of currency.</summary>
    public double LeastReturn { get; }

    /// <summary>At most so much is spent for each unit of value, such as a conversion.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A cost that is not above 0.</exception>
    public static BudgetTarget Cost(decimal amount) => new("cpa", Check(amount), 1 / (double)amount);

    /// <summary>At least so much value, such as revenue, comes of each unit of currency.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A return that is not above 0.</exception>
    public static BudgetTarget Return(decimal amount) => new("roas", Check(amount), (double)amount);

    private static decimal Check(decimal amount) =>
        amount > 0
            ? amount
            : throw new ArgumentOutOfRangeException(nameof(amount), amount, $"The target is {amount}; expected is more than 0.");
}
