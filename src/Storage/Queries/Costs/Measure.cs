namespace Tradepost.Storage.Queries.Costs;

/// <summary>What a value of a query takes.</summary>
/// <param name="Bytes">How long it is at most.</param>
/// <param name="Parts">How many parts an expression for it has once every name in it stands for what it names.</param>
/// <param name="Memory">Bytes that are made on the way to as many values as the engine works out at a time.</param>
internal sealed record Measure(double Bytes, double Parts, double Memory)
{
    public const double NumberBytes = 16;

    public static Measure Number { get; } = new(NumberBytes, 1, 0);

    /// <summary>A value that is made of these for each of the rows.</summary>
    public Measure Made(double bytes, double rows) => new(bytes, Parts + 1, Memory + (bytes * rows));

    public static Measure Longest(IEnumerable<Measure> of) =>
        of.Aggregate(new Measure(0, 0, 0), (a, b) =>
            new Measure(Math.Max(a.Bytes, b.Bytes), Math.Max(a.Parts, b.Parts), Math.Max(a.Memory, b.Memory))
        );

    /// <summary>What several take together that are worked out beside each other.</summary>
    public static Measure Sum(IEnumerable<Measure> of) =>
        of.Aggregate(new Measure(0, 0, 0), (a, b) => new Measure(a.Bytes + b.Bytes, a.Parts + b.Parts, a.Memory + b.Memory));
}
