using System.CommandLine;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Calls;

/// <summary>What <c>--version</c> shows.</summary>
internal static class VersionText
{
    public static string Version { get; } = typeof(VersionText).Assembly.GetName().Version!.ToString(3);

    public static CommandResult Result => new(new { Version }, printer => printer.Line($"tradepost {Version}"));

    public static bool IsAskedFor(ParseResult parsed) =>
        parsed.RootCommandResult.Command.Options.OfType<VersionOption>().Any(option => parsed.GetResult(option) is { Implicit: false });
}
