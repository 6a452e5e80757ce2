using Tradepost.Serving.Commands;
using Tradepost.Storage.Connections;

namespace Tradepost.App.Remote;

/// <summary>A call of the program, with everything of its process that the result may depend on.</summary>
internal sealed record RemoteCall
{
    /// <summary>The program's version: another one may have other commands.</summary>
    public required string Version { get; init; }

    /// <summary>The file of the embedded store that the call is about.</summary>
    public required string Store { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder that the program was called in.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder that relative paths in settings start from, and the settings.</summary>
    public required string SettingsFolder { get; init; }

    public required IReadOnlyList<SettingSource> Settings { get; init; }

    public required ConsoleShape Results { get; init; }

    public required ConsoleShape Messages { get; init; }

    public required bool IsDebugging { get; init; }
}
