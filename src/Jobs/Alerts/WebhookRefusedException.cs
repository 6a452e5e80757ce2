using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Alerts;

/// <summary>A webhook's host is at no address that may be posted to.</summary>
internal sealed class WebhookRefusedException(string message) : ForeseenException(FailureKind.Failed, message);
