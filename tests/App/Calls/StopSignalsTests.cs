using Tradepost.App.Calls;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

/// <summary>When a signal is a second one.</summary>
public sealed class StopSignalsTests
{
    private readonly ManualTime time = new();

    [Fact]
    public void The_same_request_sent_again_within_milliseconds_is_one_and_after_a_pause_it_is_a_second()
    {
        using var signals = new StopSignals(time);

        signals.Token.IsCancellationRequested.ShouldBeFalse();
        signals.Take().ShouldBeTrue();
        signals.Token.IsCancellationRequested.ShouldBeTrue();
        time.Advance(TimeSpan.FromMilliseconds(3));
        signals.Take().ShouldBeTrue();
        time.Advance(TimeSpan.FromMilliseconds(996));
        signals.Take().ShouldBeTrue();
        time.Advance(TimeSpan.FromMilliseconds(1));
        signals.Take().ShouldBeFalse();
    }
}
