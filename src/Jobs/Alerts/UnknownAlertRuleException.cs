using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Alerts;

/// <summary>No alert rule has this name.</summary>
public sealed class UnknownAlertRuleException(string name) : ForeseenException(FailureKind.NotFound, $"There is no alert rule \"{name}\".")
{
    public string Name { get; } = name;
}
