namespace Tradepost.Jobs.Alerts;

/// <summary>No alert rule has this name.</summary>
public sealed class UnknownAlertRuleException(string name) : Exception($"There is no alert rule \"{name}\".")
{
    public string Name { get; } = name;
}
