using System.CommandLine;

namespace Tradepost.App.Calls;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    public static Option<bool> Json { get; } = new("--json") { Description = "print one JSON document", Recursive = true };

    public static Option<string?> Data { get; } =
        new("--data")
        {
            Description = "folder of everything embedded",
            HelpName = "DIR",
            Recursive = true,
        };
}
