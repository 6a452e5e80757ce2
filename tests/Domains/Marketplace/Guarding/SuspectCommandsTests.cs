using Tradepost.Marketplace.Guarding;

namespace Tradepost.Marketplace.Tests.Guarding;

public sealed class SuspectCommandsTests
{
    [Theory]
    [InlineData("135 2026-01-31 --reason x", true)]
    [InlineData("135 2026-01-31 price --reason x", true)]
    [InlineData("135 --reason x", false)]
    [InlineData("135 2026-01-31", false)]
    [InlineData("135 2026-01-31 price reviews --reason x", false)]
    public void The_field_may_be_left_out_and_nothing_else(string call, bool isComplete)
    {
        foreach (var command in SuspectCommands.All())
        {
            command.Complete();
            (command.Parse(call).Errors.Count == 0).ShouldBe(isComplete, $"{command.Name} {call}");
        }
    }
}
