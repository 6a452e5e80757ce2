namespace Tradepost.Storage.Queries.Costs;

/// <summary>An expression of a query, as far as its cost goes; both stores' parse trees are read into it.</summary>
internal abstract record Term
{
    public static Term Number { get; } = new Value(16);

    /// <summary>A constant.</summary>
    /// <param name="Text">What it says, when it is a text.</param>
    /// <param name="Amount">What it is, when it is a whole number.</param>
    public sealed record Value(double Bytes, string? Text = null, double? Amount = null) : Term;

    /// <summary>A column of what is behind FROM here or around, or the name of an expression of the same SELECT.</summary>
    /// <param name="Names">The parts of its name; the last may be a field of the one before.</param>
    public sealed record Column(IReadOnlyList<string> Names) : Term;

    /// <summary><c>*</c>, <c>COLUMNS(…)</c> or a whole row.</summary>
    public sealed record AllColumns(IReadOnlyList<Term> Of) : Term;

    public sealed record Call(string Function, IReadOnlyList<Term> Arguments, bool IsOverRows = false) : Term;

    /// <summary>A function of a function's elements.</summary>
    public sealed record Lambda(IReadOnlyList<string> Parameters, Term Body) : Term;

    /// <summary>One of several, or a part of one.</summary>
    public sealed record Choice(IReadOnlyList<Term> Of) : Term;

    /// <summary>A number or a truth about others.</summary>
    public sealed record Fact(IReadOnlyList<Term> Of) : Term;

    public sealed record Cast(Term Of, bool IsFixed) : Term;

    public sealed record Query(Select Select) : Term;
}
