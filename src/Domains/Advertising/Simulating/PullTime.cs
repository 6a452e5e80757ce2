namespace Tradepost.Advertising.Simulating;

/// <summary>A clock that stands at the moment of a pull, so that what is written then was learned then.</summary>
internal sealed class PullTime(DateTimeOffset moment) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => moment;
}
