namespace Tradepost.Marketplace.Guarding;

/// <summary>What people decided about suspect values.</summary>
internal sealed class Decisions
{
    private readonly Dictionary<(string Sku, int Day, int Field), double> released = [];
    private readonly HashSet<(string Sku, int Day, int Field)> confirmed = [];

    /// <summary>A release counts for the value that was released: another one on that day is looked at again.</summary>
    public bool IsReleased(string sku, int day, int field, double value) =>
        released.Count > 0 && released.TryGetValue((sku, day, field), out var known) && known.Equals(value);

    public bool IsConfirmed(string sku, int day, int field) => confirmed.Count > 0 && confirmed.Contains((sku, day, field));

    public void Release(string sku, int day, int field, double value) => released[(sku, day, field)] = value;

    public void Confirm(string sku, int day, int field) => confirmed.Add((sku, day, field));
}
